import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { cancelOption } from '../../model/overlays.ts';
import type { DataEffect } from '../../model/data/data-effect.ts';
import type { ProgramStore } from '../program-store.ts';
import { isVolumeEmpty } from './is-volume-empty.ts';
import { withHelperImage } from './lend-image.ts';

/** What stands in the way of filling a volume: nothing where it is new or empty and nothing runs on it. */
export type Target = { isNew: boolean; isEmpty: boolean; running: readonly string[] };

export async function lookAtTarget(engine: Engine, volume: string, signal: AbortSignal): Promise<Target> {
  const volumes = await engine.list('volume');
  if (!volumes.some((v) => v.name === volume)) return { isNew: true, isEmpty: true, running: [] };
  const containers = await engine.list('container');
  const running = containers.flatMap((c) =>
    c.kind === 'container' && c.state === 'running' && c.mounts.some((m) => m.name === volume)
      ? [c.name]
      : [],
  );
  const isEmpty = await withHelperImage(engine, signal, (image) =>
    isVolumeEmpty(engine, { volume, image }, signal),
  );
  return { isNew: false, isEmpty, running };
}

export function mayBeFilled({ isEmpty, running }: Target): boolean {
  return isEmpty && running.length === 0;
}

/** Asks before files of a volume are overwritten, or change under a running container. */
export function askToFill(
  store: ProgramStore,
  volume: string,
  { isEmpty, running }: Target,
  line: string,
  sure: DataEffect,
): void {
  const body = [
    ...(isEmpty
      ? []
      : [`Volume ${volume} holds data: files of the same names are overwritten, all others stay.`]),
    ...(running.length === 0 ? [] : [`In use: ${running.join(', ')} runs on it, and sees files change.`]),
  ];
  const choice = {
    title: `Write into ${volume}?`,
    body,
    options: [cancelOption(), { label: 'Write into it', line, outcome: { effect: sure } }],
  };
  store.dispatch({ type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 0 } });
}

/** Makes the volume where it is new, and takes it away again where the work on it fails. */
export async function onTarget<T>(
  engine: Engine,
  volume: string,
  isNew: boolean,
  work: () => Promise<T>,
): Promise<T> {
  if (!isNew) return work();
  await engine.carryOut({ do: 'create-volume', name: volume, driver: '' });
  try {
    return await work();
  } catch (error) {
    const ref = { id: volume, name: volume };
    await engine.carryOut({ do: 'remove-volume', volume: ref, force: false }).catch(unlessEngineError);
    throw error;
  }
}

/** What failed first is what is told. */
function unlessEngineError(error: unknown): void {
  if (!(error instanceof EngineError)) throw error;
}
