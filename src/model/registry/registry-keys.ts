import { changeList } from '../actions/moving-actions.ts';
import type { Intent } from '../intents.ts';
import { rowsOf } from '../rows.ts';
import { ROW_STEPS } from '../row-steps.ts';
import type { State } from '../state.ts';

const close: Intent = { event: { type: 'overlay-closed' } };

/** Of its page; the text of a lesson names them. */
export const REGISTRY_KEYS: readonly string[] = ['H'];

/** Keys of the registry's page. */
export function pressRegistry(state: State, selected: number, key: string): readonly Intent[] {
  if (['esc', 'q', ...REGISTRY_KEYS].includes(key)) return [close];
  const { tags, address } = state.registry;
  const at = Math.max(0, Math.min(selected, tags.length - 1));
  const chosen = tags[at];
  if (chosen === undefined) return [];
  if (key === 'enter') return goToImage(state, chosen.digest);
  if (key === 'y') {
    const text = `${address}/${chosen.repository}:${chosen.tag}`;
    return [{ effect: { do: 'copy', text, what: text } }];
  }
  const by = ROW_STEPS[key];
  if (by === undefined) return [];
  const to = Math.max(0, Math.min(tags.length - 1, at + by));
  return [{ event: { type: 'overlay-changed', overlay: { kind: 'registry', selected: to } } }];
}

/** Selects the local image that is the same; nothing where none is. */
function goToImage({ registry, objects }: State, digest: string): readonly Intent[] {
  const [name] = registry.here.get(digest) ?? [];
  const row = [...(objects.image.items?.values() ?? [])].flatMap(rowsOf).find((each) => each.name === name);
  if (row === undefined) return [];
  return [
    close,
    { event: { type: 'focus-moved', to: 'image' } },
    changeList('image', { selected: row.key, filter: '' }),
  ];
}
