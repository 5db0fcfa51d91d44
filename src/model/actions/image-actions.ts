import type { Command } from '../../engine/commands.ts';
import { EMPTY_RUN_SPEC } from '../../engine/run-line.ts';
import { cancelOption, type Choice } from '../overlays.ts';
import { selectUsedBy } from '../select-usage.ts';
import type { State } from '../state.ts';
import type { Action } from './action.ts';
import { askChoice, askForm, commandOption } from './open-overlay.ts';
import { namesOf, targets } from './targets.ts';

function noImage(state: State): string {
  return targets(state, 'image').length > 0 ? '' : 'No image is selected.';
}

/** A tag goes by its name; a dangling image by its id. */
function removeCommands(state: State, force: boolean): Command[] {
  return targets(state, 'image').map(({ row, item }) => {
    const ref = item.tags.length > 0 ? { id: row.name, name: row.name } : { id: item.id, name: row.name };
    return { do: 'remove-image', image: ref, force };
  });
}

function removeChoice(state: State): Choice {
  const all = targets(state, 'image');
  const usedBy = selectUsedBy(state).images;
  const body = all.map(({ row, item }) => {
    const users = usedBy.get(item.id) ?? [];
    const others = item.tags.length - all.filter((t) => t.item === item).length;
    if (others > 0) return `${row.name}: only this name goes, the image has ${others} more.`;
    if (users.length > 0)
      return `${row.name}: used by ${namesOf(users.map((c) => c.name))}, so the engine will refuse without force.`;
    return `${row.name}: goes, with the layers that no other image shares.`;
  });
  const options = [
    cancelOption(),
    commandOption(state, 'Remove', removeCommands(state, false)),
    commandOption(state, 'Remove by force', removeCommands(state, true)),
  ];
  return { title: `Remove ${namesOf(all.map((t) => t.row.name))}?`, body, options };
}

export const IMAGE_ACTIONS: readonly Action[] = [
  {
    id: 'run-image',
    title: 'Run a container from it',
    short: 'run',
    keys: ['n', 'enter'],
    scope: 'image',
    unavailable: noImage,
    commands: (state) =>
      targets(state, 'image')
        .slice(0, 1)
        .map(({ row }) => ({ do: 'run', spec: { ...EMPTY_RUN_SPEC, image: row.name } })),
    perform: (state) =>
      askForm(state, {
        kind: 'run',
        spec: { ...EMPTY_RUN_SPEC, image: targets(state, 'image')[0]?.row.name ?? '' },
      }),
  },
  {
    id: 'pull',
    title: 'Pull an image',
    short: 'pull',
    keys: ['P'],
    scope: 'image',
    perform: (state) => askForm(state, { kind: 'pull' }),
  },
  {
    id: 'tag',
    title: 'Give it another name',
    short: 'tag',
    keys: ['t'],
    scope: 'image',
    unavailable: noImage,
    perform: (state) => {
      const first = targets(state, 'image')[0];
      return first ? askForm(state, { kind: 'tag', image: { id: first.item.id, name: first.row.name } }) : [];
    },
  },
  {
    id: 'remove-image',
    title: 'Remove',
    short: 'remove',
    keys: ['x', 'delete'],
    scope: 'image',
    unavailable: noImage,
    commands: (state) => removeCommands(state, false),
    perform: (state) => askChoice(removeChoice(state)),
  },
];
