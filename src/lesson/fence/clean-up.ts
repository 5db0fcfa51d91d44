import type { Command } from '../../engine/commands.ts';
import type { Engine, Swarm } from '../../engine/engine.ts';
import { EngineError, isEngineGone } from '../../engine/errors.ts';
import type { Item } from '../../engine/objects.ts';
import type { Leftover } from './leftovers.ts';

export type CleanedUp = {
  /** Also what had gone by itself. */
  removed: readonly Leftover[];
  kept: readonly { leftover: Leftover; why: string }[];
};

type Tried = { leftover: Leftover; why: string; again: boolean };

/**
 * Takes away what was listed, one by one, each only if it is still what it was; one that fails does not keep the next
 * from going. Throws nothing that an engine says: what stays comes with the reason. When the signal is aborted, what
 * is left of the list stays.
 */
export async function cleanUp(
  engine: Engine,
  leftovers: readonly Leftover[],
  signal?: AbortSignal,
): Promise<CleanedUp> {
  const first = await removeAll(engine, leftovers, signal);
  const again = first.kept.filter((tried) => tried.again).map(({ leftover }) => leftover);
  // An image is refused while others stand on it, and the order of their making does not always tell.
  const second = again.length === 0 ? NOTHING : await removeAll(engine, again, signal);
  const kept = [...first.kept.filter((tried) => !tried.again), ...second.kept];
  return {
    removed: [...first.removed, ...second.removed],
    kept: kept.map(({ leftover, why }) => ({ leftover, why })),
  };
}

const NOTHING: { removed: Leftover[]; kept: Tried[] } = { removed: [], kept: [] };

/** Containers do not wait for each other; everything else may stand on what comes before it. */
async function removeAll(
  engine: Engine,
  leftovers: readonly Leftover[],
  signal: AbortSignal | undefined,
): Promise<typeof NOTHING> {
  const removed: Leftover[] = [];
  const kept: Tried[] = [];
  let stopped = '';
  const note = (leftover: Leftover, failure: Failure | null): void => {
    if (failure === null) removed.push(leftover);
    else kept.push({ leftover, ...failure });
    if (failure?.gone) stopped = failure.why;
  };
  const remove = async (leftover: Leftover): Promise<void> => {
    if (signal?.aborted === true) stopped ||= 'the clean-up was stopped before it';
    note(leftover, stopped === '' ? await removeOne(engine, leftover, signal) : stay(stopped));
  };
  await Promise.all(leftovers.filter(({ kind }) => kind === 'container').map(remove));
  for (const leftover of leftovers.filter(({ kind }) => kind !== 'container')) await remove(leftover);
  return { removed, kept };
}

type Failure = { why: string; again: boolean; gone: boolean };

function stay(why: string, more: Partial<Failure> = {}): Failure {
  return { why, again: false, gone: false, ...more };
}

/** Null when it is gone. */
async function removeOne(
  engine: Engine,
  leftover: Leftover,
  signal: AbortSignal | undefined,
): Promise<Failure | null> {
  try {
    const change = await changeOf(engine, leftover, signal);
    if (change === 'gone') return null;
    if (change !== '') return stay(change);
    const options = signal === undefined ? {} : { signal };
    await engine.carryOut(leftover.command, options);
    for (const command of await afterSwarm(engine, leftover)) await engine.carryOut(command, options);
    return null;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.kind === 'not-found') return null;
    return stay(error.message, {
      again: error.kind === 'conflict' || error.kind === 'failed',
      gone: isEngineGone(error),
    });
  }
}

/** What Docker leaves of a swarm: its bridge, which comes a moment after it, and boxes of tasks that were just being made. */
async function afterSwarm(engine: Engine, { kind, id, brought }: Leftover): Promise<Command[]> {
  if (kind !== 'swarm') return [];
  const boxes = (await engine.list('container')).filter(
    (item) => item.kind === 'container' && item.labels['com.docker.swarm.node.id'] === id,
  );
  const bridges = (await engine.list('network')).filter((item) => item.name === brought);
  return [
    ...boxes.map(({ id: box, name }): Command => ({
      do: 'remove-container',
      container: { id: box, name },
      force: true,
      volumes: false,
    })),
    ...bridges.map(({ id: bridge, name }): Command => ({
      do: 'remove-network',
      network: { id: bridge, name },
    })),
  ];
}

/** Empty when nothing has; `gone` when it is not there any more. */
async function changeOf(engine: Engine, leftover: Leftover, signal?: AbortSignal): Promise<string> {
  const { kind, id } = leftover;
  if (kind === 'service' || kind === 'swarm') return swarmChange(await engine.swarm({ signal }), leftover);
  const [item] = await engine.list(kind, [id]);
  return item === undefined ? 'gone' : whatChanged(item, leftover);
}

function swarmChange({ node, services }: Swarm, { kind, id, holds = [] }: Leftover): string {
  if (kind === 'service') return services.some((service) => service.id === id) ? '' : 'gone';
  if (node !== id) return 'gone';
  const come = services.filter((service) => !holds.includes(service.id));
  return come.length === 0 ? '' : `runs ${come.map(({ name }) => name).join(', ')} since`;
}

function whatChanged(item: Item, { labels, command }: Leftover): string {
  if (item.kind === 'unreadable') return `cannot be read now: ${item.why}`;
  if (JSON.stringify(sorted(item.labels)) !== JSON.stringify(sorted(labels)))
    return 'its labels are not what they were a moment ago';
  if (command.do !== 'remove-image' || item.kind !== 'image') return '';
  const byTag = command.image.id !== item.id;
  if (byTag) return item.tags.includes(command.image.id) ? '' : 'gone';
  return item.tags.length === 0 ? '' : 'has been given a name since';
}

function sorted(labels: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
