import type { Command } from '../../engine/commands.ts';
import type { Container, ContainerState } from '../../engine/objects.ts';
import { EMPTY_RUN_SPEC } from '../../engine/run-line.ts';
import type { Intent } from '../intents.ts';
import { cancelOption, type Choice, type ChoiceOption } from '../overlays.ts';
import { isMadeUpName } from '../data/places.ts';
import { removalBody } from '../data/removal-body.ts';
import { selectRow } from '../select-rows.ts';
import type { State } from '../state.ts';
import { commandAction, type Action } from './action.ts';
import { askChoice, askForm, commandOption } from './open-overlay.ts';
import { namesOf, refOf, targets } from './targets.ts';

const LIVE: readonly ContainerState[] = ['running', 'paused', 'restarting'];
const STARTABLE: readonly ContainerState[] = ['created', 'exited', 'dead'];

function inState(state: State, states: readonly ContainerState[]): Container[] {
  return targets(state, 'container')
    .map((t) => t.item)
    .filter((c) => states.includes(c.state) || c.state === 'unknown');
}

function needs(states: readonly ContainerState[], what: string): (state: State) => string {
  return (state) => {
    const all = targets(state, 'container');
    if (all.length === 0) return 'No container is selected.';
    return inState(state, states).length > 0 ? '' : `${namesOf(all.map((t) => t.item.name))} ${what}`;
  };
}

function simple(
  verb: 'start' | 'stop' | 'restart' | 'unpause' | 'pause',
  states: readonly ContainerState[],
): (state: State) => readonly Command[] {
  return (state) => inState(state, states).map((c) => ({ do: verb, container: refOf(c) }));
}

/** Pauses what runs; when all of the targets are paused, lets them go on. */
function pauseOrUnpause(state: State): readonly Command[] {
  const pause = simple('pause', ['running'])(state);
  return pause.length > 0 ? pause : simple('unpause', ['paused'])(state);
}

const SIGNALS: readonly { signal: string; means: string }[] = [
  { signal: 'SIGKILL', means: 'ends it at once, it cannot clean up' },
  { signal: 'SIGTERM', means: 'asks it to end' },
  { signal: 'SIGINT', means: 'as Ctrl-C does' },
  { signal: 'SIGHUP', means: 'many servers re-read their settings' },
  { signal: 'SIGQUIT', means: 'ends it, often with a dump' },
  { signal: 'SIGUSR1', means: 'up to the program' },
  { signal: 'SIGUSR2', means: 'up to the program' },
];

function killChoice(state: State): Choice {
  const all = inState(state, LIVE);
  const options = SIGNALS.map(({ signal, means }) => {
    const commands = all.map((c): Command => ({ do: 'kill', container: refOf(c), signal }));
    return commandOption(state, `${signal} · ${means}`, commands);
  });
  return {
    title: `Send a signal to ${namesOf(all.map((c) => c.name))}`,
    body: [],
    options: [cancelOption(), ...options],
  };
}

function removeCommands(containers: readonly Container[], force: boolean, volumes: boolean): Command[] {
  return containers.map((c) => ({ do: 'remove-container', container: refOf(c), force, volumes }));
}

function removeChoice(state: State): Choice {
  const all = targets(state, 'container').map((t) => t.item);
  const option = (label: string, force: boolean, volumes: boolean): ChoiceOption =>
    commandOption(state, label, removeCommands(all, force, volumes));
  const live = all.some((c) => LIVE.includes(c.state));
  const withVolumes = all.some((c) => c.mounts.some((m) => m.type === 'volume' && isMadeUpName(m.name)));
  const how = live ? 'Stop it the hard way and remove' : 'Remove';
  const options = [cancelOption(), option(how, live, false)];
  if (withVolumes) options.push(option(`${how}, with its anonymous volumes`, live, true));
  if (!live) options.push(option('Remove by force', true, false));
  return { title: `Remove ${namesOf(all.map((c) => c.name))}?`, body: removalBody(state, all), options };
}

function openRunForm(state: State): readonly Intent[] {
  const image = targets(state, 'container')[0]?.item.image ?? selectRow(state, 'image')?.name ?? '';
  return askForm(state, { kind: 'run', spec: { ...EMPTY_RUN_SPEC, image } });
}

function renameFirst(state: State): readonly Intent[] {
  const first = targets(state, 'container')[0];
  return first === undefined ? [] : askForm(state, { kind: 'rename', container: refOf(first.item) });
}

function openShell(state: State, where: 'pane' | 'screen'): readonly Intent[] {
  const [container] = inState(state, ['running']);
  if (container === undefined) return [];
  const open: Intent = { effect: { do: 'open-shell', container: refOf(container), where } };
  return where === 'screen' ? [open] : [{ event: { type: 'focus-moved', to: 'terminal' } }, open];
}

const any = needs(
  ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'],
  'cannot be read.',
);

export const CONTAINER_ACTIONS: readonly Action[] = [
  commandAction({
    id: 'stop',
    title: 'Stop',
    short: 'stop',
    keys: ['s'],
    scope: 'container',
    unavailable: needs(LIVE, 'is not running: S starts it.'),
    commands: simple('stop', LIVE),
  }),
  commandAction({
    id: 'start',
    title: 'Start',
    short: 'start',
    keys: ['S'],
    scope: 'container',
    unavailable: needs(STARTABLE, 'runs already.'),
    commands: simple('start', STARTABLE),
  }),
  commandAction({
    id: 'restart',
    title: 'Restart',
    short: 'restart',
    keys: ['r'],
    scope: 'container',
    unavailable: needs([...LIVE, ...STARTABLE], 'is being removed.'),
    commands: simple('restart', [...LIVE, ...STARTABLE]),
  }),
  commandAction({
    id: 'pause',
    title: 'Pause, or let a paused one go on',
    keys: ['p'],
    scope: 'container',
    unavailable: needs(['running', 'paused'], 'is not running.'),
    commands: pauseOrUnpause,
  }),
  {
    id: 'kill',
    title: 'Send a signal',
    keys: ['K'],
    scope: 'container',
    unavailable: needs(LIVE, 'is not running.'),
    commands: (state) =>
      inState(state, LIVE).map((c) => ({ do: 'kill', container: refOf(c), signal: 'SIGKILL' })),
    perform: (state) => askChoice(killChoice(state)),
  },
  {
    id: 'remove-container',
    title: 'Remove',
    short: 'remove',
    keys: ['x', 'delete'],
    scope: 'container',
    unavailable: any,
    commands: (state) =>
      removeCommands(
        targets(state, 'container').map((t) => t.item),
        false,
        false,
      ),
    perform: (state) => askChoice(removeChoice(state)),
  },
  { id: 'rename', title: 'Rename', keys: ['R'], scope: 'container', unavailable: any, perform: renameFirst },
  {
    id: 'shell',
    title: 'Open a shell inside',
    short: 'shell',
    keys: ['e'],
    scope: 'container',
    unavailable: needs(['running'], 'is not running: S starts it.'),
    perform: (state) => openShell(state, 'pane'),
  },
  {
    id: 'shell-on-screen',
    title: 'Open a shell inside, on the whole terminal',
    keys: ['E'],
    scope: 'container',
    unavailable: needs(['running'], 'is not running: S starts it.'),
    perform: (state) => openShell(state, 'screen'),
  },
  {
    id: 'run-container',
    title: 'Run a new container',
    short: 'new',
    keys: ['n'],
    scope: 'container',
    perform: openRunForm,
  },
];
