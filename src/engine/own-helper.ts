import { randomBytes } from 'node:crypto';
import { withQuery } from './api-path.ts';
import { carryOut } from './carry-out.ts';
import type { Client } from './client.ts';
import { cancelled } from './connection-error.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './errors.ts';
import { looseRow } from './fields.ts';
import type { Manners } from './manners.ts';

/** Marks containers that Slipway makes for a moment, to look into something. */
export const HELPER_LABEL = 'slipway.check';
/** Events tell no labels of ours apart, but names. */
const HELPER_NAME = 'slipway-check-';
/** Milliseconds that a helper lives at most, where nothing else was asked for; one that is older belongs to a Slipway that was killed. */
const LIVES = 60_000;
/** Milliseconds that a copy of something large may take. */
export const LIVES_LONG = 6 * 60 * 60 * 1000;

/** Whether a container, or what an event tells of, is a helper of ours: nothing that a person should see, or be judged by. */
export function isOwnHelper({
  name,
  labels = {},
}: {
  name: string;
  labels?: Readonly<Record<string, string>>;
}): boolean {
  return labels[HELPER_LABEL] !== undefined || name.startsWith(HELPER_NAME);
}

export type HelperOptions = {
  signal?: AbortSignal | undefined;
  /** Milliseconds after which another Slipway may take it for one that was left, and remove it. */
  lives?: number;
};

/** Makes a container, lends it, and removes it whatever happens. `body` is that of `POST /containers/create`. */
export async function withHelper<T>(
  client: Client,
  manners: Manners,
  body: object,
  work: (id: string) => Promise<T>,
  { signal, lives = LIVES }: HelperOptions,
): Promise<T> {
  if (signal?.aborted) throw cancelled();
  const name = HELPER_NAME + randomBytes(6).toString('hex');
  const path = withQuery('/containers/create', { name });
  const full = { ...body, Labels: { [HELPER_LABEL]: String(lives) } };
  try {
    // Without the signal: an engine that is left in the middle of it makes the container none the less.
    const { Id } = looseRow(await client.json({ method: 'POST', path, body: full }));
    if (typeof Id !== 'string')
      throw new EngineError('protocol', 'the engine made a container without an id');
    return await work(Id);
  } finally {
    await remove(client, manners, name);
  }
}

/** Removes helpers that a killed Slipway has left; gives how many. @param age milliseconds in place of what each was made for */
export async function removeLeftHelpers(engine: Engine, age?: number): Promise<number> {
  const left = (await engine.list('container')).filter(
    (item) =>
      item.kind === 'container' &&
      isOwnHelper(item) &&
      item.createdAt < Date.now() - (age ?? livesOf(item.labels)),
  );
  for (const container of left) {
    await engine
      .carryOut({ do: 'remove-container', container, force: true, volumes: true })
      .catch(unlessNotFound);
  }
  return left.length;
}

/** Those of older versions have `1`. */
function livesOf(labels: Readonly<Record<string, string>>): number {
  return Math.max(LIVES, Number(labels[HELPER_LABEL]) || 0);
}

async function remove(client: Client, manners: Manners, name: string): Promise<void> {
  const container = { id: name, name };
  await carryOut(client, manners, { do: 'remove-container', container, force: true, volumes: true }).catch(
    unlessNotFound,
  );
}

function unlessNotFound(error: unknown): void {
  if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
}
