import { apiPath } from '../api-path.ts';
import type { Client } from '../client.ts';
import { EngineError } from '../errors.ts';
import { looseRow } from '../fields.ts';
import type { BuildNews } from './build.ts';

type Measured = Extract<BuildNews, { news: 'measured' }>;

/** Bytes of an image; null for one that the engine does not give, as while it is being written. */
export async function imageSize(client: Client, id: string, signal?: AbortSignal): Promise<number | null> {
  try {
    const { Size } = looseRow(await client.json({ path: apiPath`/images/${id}/json`, signal }));
    return typeof Size === 'number' ? Size : null;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return null;
    throw error;
  }
}

/** Measures the steps of a builder that leaves an image behind with each; podman says nothing of what a FROM brings but its name. */
export function stepMeasurer(
  client: Client,
  signal: AbortSignal,
): (news: BuildNews) => AsyncGenerator<Measured[]> {
  const bases = new Map<string, string>();
  const measured = new Set<string>();
  let size = 0;
  return async function* (news) {
    if (news.news === 'step' && /^FROM\s/i.test(news.instruction))
      bases.set(news.step, baseOf(news.instruction));
    if ((news.news !== 'left' && news.news !== 'ended') || measured.has(news.step)) return;
    const base = bases.get(news.step);
    if (news.news === 'ended' && base === undefined) return;
    const total = await imageSize(client, news.news === 'left' ? news.image : (base ?? ''), signal);
    if (total === null) return;
    const added = base === undefined ? Math.max(0, total - size) : total;
    size = total;
    measured.add(news.step);
    yield [{ news: 'measured', step: news.step, added, total }];
  };
}

function baseOf(instruction: string): string {
  return (
    instruction
      .split(/\s+/)
      .slice(1)
      .find((word) => !word.startsWith('--')) ?? ''
  );
}

/**
 * What each step of BuildKit has added, told by the image’s history when all is done: BuildKit keeps what is between to itself.
 * Steps of stages that are not in the image are left out.
 *
 * @param steps in the order in which they were told of
 */
export async function measureByHistory(
  client: Client,
  {
    image,
    size,
    steps,
  }: { image: string; size: number; steps: readonly { step: string; instruction: string }[] },
  signal?: AbortSignal,
): Promise<Measured[]> {
  const rows = await client.json({ path: apiPath`/images/${image}/history`, signal });
  const layers = (Array.isArray(rows) ? rows : []).map(readRow);
  const waiting = steps.toReversed();
  const measured: Measured[] = [];
  let total = size;
  // The newest comes first, in the history as in what waits.
  for (const { instruction, added } of layers) {
    const at = waiting.findIndex((step) => plain(step.instruction) === instruction);
    const [found] = at === -1 ? [] : waiting.splice(0, at + 1).slice(-1);
    if (found === undefined) continue;
    measured.unshift({ news: 'measured', step: found.step, added, total });
    total -= added;
  }
  const base = waiting.find(({ instruction }) => /^FROM /i.test(instruction));
  return base === undefined
    ? measured
    : [{ news: 'measured', step: base.step, added: total, total }, ...measured];
}

function readRow(value: unknown): { instruction: string; added: number } {
  const { CreatedBy, Size } = looseRow(value);
  const said = typeof CreatedBy === 'string' ? CreatedBy : '';
  return { instruction: plain(instructionOf(said)), added: typeof Size === 'number' ? Size : 0 };
}

/** The instruction as in the Dockerfile: BuildKit adds the shell to a RUN, with the build args before it, and its own name. */
function instructionOf(createdBy: string): string {
  return createdBy.replace(/ # buildkit$/, '').replace(/^RUN (?:\|\d+ .*? )?\/bin\/sh -c /, 'RUN ');
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
