import { memoizeLast } from '../memoize.ts';
import type { State } from '../state.ts';

const NONE: readonly string[] = [];
const one = memoizeLast((key: string): readonly string[] => [key]);
const oneReading = memoizeLast((key: string): readonly string[] => [key]);

const isInView = ({ overlays }: State): boolean => overlays.some(({ kind }) => kind === 'registry');

/** A key while the sandbox's registry is wanted: its page is open, and no lesson has brought one. */
export function selectSandboxRegistry(state: State): readonly string[] {
  const { engine, registry } = state;
  const isSandbox = engine !== null && engine.sandbox !== 'none' && engine.lost === null;
  const hasLesson = registry.address !== '' && registry.whose === 'lesson';
  return isSandbox && !hasLesson && isInView(state) ? one(`sandbox ${engine.host}`) : NONE;
}

/** A key while the page is open; another one after everything that may have changed what it shows. */
export function selectCatalogue(state: State): readonly string[] {
  const { address, happened } = state.registry;
  if (address === '' || !isInView(state)) return NONE;
  const names = [...(state.objects.image.items?.values() ?? [])].flatMap((item) =>
    item.kind === 'image' ? [item.id, ...item.tags] : [],
  );
  return oneReading(`${address} ${happened} ${names.join(' ')}`);
}
