import { apiPath } from '../api-path.ts';
import type { Client } from '../client.ts';
import { EngineError } from '../errors.ts';
import { looseRow } from '../fields.ts';
import type { BuildNews } from './build.ts';

type Measured = Extract<BuildNews, { news: 'measured' }>;
type StepNews = Extract<BuildNews, { news: 'step' }>;

/**
 * Bytes of an image's files; null for one that the engine does not give, as while it is being written. Of an image in the
 * containerd store, of which the engine knows no folders, `Size` is that of its compressed layers: 804 bytes for 300 kB of
 * zeros (26.1). Its history tells what they take up on the disk.
 */
export async function imageSize(client: Client, id: string, signal?: AbortSignal): Promise<number | null> {
  try {
    const image = looseRow(await client.json({ path: apiPath`/images/${id}/json`, signal }));
    if (looseRow(image['GraphDriver'])['Data'] === null)
      return (await historySizes(client, id, signal)).total;
    return typeof image['Size'] === 'number' ? image['Size'] : null;
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
 * @param steps in any order
 */
export async function measureByHistory(
  client: Client,
  { image, size, steps }: { image: string; size: number; steps: readonly StepNews[] },
  signal?: AbortSignal,
): Promise<Measured[]> {
  const { layers } = await historySizes(client, image, signal);
  // The newest comes first, in the history as in what waits.
  const waiting = steps.toSorted((a, b) => b.place.number - a.place.number);
  const measured: Measured[] = [];
  let total = size;
  let oldest: StepNews | undefined;
  for (const { instruction, added } of layers) {
    const at = waiting.findIndex((step) => isSameWork(instruction, plain(step.instruction)));
    const [found] = at === -1 ? [] : waiting.splice(at, 1);
    if (found === undefined) continue;
    oldest = found;
    measured.unshift({ news: 'measured', step: found.step, added, total });
    total -= added;
  }
  const bases = waiting.filter(({ instruction }) => /^FROM /i.test(instruction));
  // Stages that build on the same image share its step, which has the name of one of them.
  const base = bases.length === 1 ? bases[0] : bases.find(({ place }) => place.stage === oldest?.place.stage);
  return base === undefined
    ? measured
    : [{ news: 'measured', step: base.step, added: total, total }, ...measured];
}

type HistorySizes = { layers: { instruction: string; added: number }[]; total: number };

async function historySizes(client: Client, image: string, signal?: AbortSignal): Promise<HistorySizes> {
  const rows = await client.json({ path: apiPath`/images/${image}/history`, signal });
  const layers = (Array.isArray(rows) ? rows : []).map(readRow);
  return { layers, total: layers.reduce((sum, { added }) => sum + added, 0) };
}

function readRow(value: unknown): { instruction: string; added: number } {
  const { CreatedBy, Size } = looseRow(value);
  const said = typeof CreatedBy === 'string' ? CreatedBy : '';
  return { instruction: plain(said.replace(/ # buildkit$/, '')), added: typeof Size === 'number' ? Size : 0 };
}

/**
 * BuildKit writes an instruction into the history in its own way: a RUN with the shell and the build args before what is run,
 * a COPY without its flags; in the names of its steps it has put in the values of variables, in the history not.
 */
function isSameWork(inHistory: string, instruction: string): boolean {
  const [word = '', ...rest] = instruction.split(' ');
  const told = rest.filter((part) => !part.startsWith('--')).join(' ');
  const [wordInHistory, ...written] = inHistory.split(' ');
  if (wordInHistory !== word.toUpperCase()) return false;
  const isRun = wordInHistory === 'RUN';
  const bare = written.filter((part) => isRun || !part.startsWith('--')).join(' ');
  if (isRun && bare.endsWith(told)) return true;
  const what = bare.replace(/^(?:\|\d+ .*? )?\/bin\/sh -c /, '');
  return withVariables(what).test(told);
}

/** Fits the text whatever the values of its variables are. */
function withVariables(text: string): RegExp {
  const parts = text.split(/\$\{[^}]*\}|\$\w+/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
