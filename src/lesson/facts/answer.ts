import { posix } from 'node:path';
import { askRegistry } from '../../engine/ask-registry.ts';
import type { Engine, FoundFile } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { FactValue, FactWanted, ServiceFacts } from '../world.ts';
import type { Things } from './facts-wanted.ts';
import { findByName } from './find-things.ts';
import { readBelow } from './read-below.ts';
import { scriptFact } from './script-fact.ts';
import type { Scripts } from './script-fact.ts';
import { Unknown } from './unknown.ts';

export type AnswerOptions = {
  things: Things;
  /** Absolute. */
  workFolder: string;
  scripts: Scripts;
  /** For containers that look into something: `tiny:1`. */
  image: string;
  signal: AbortSignal;
};

const MAX_TEXT = 64 * 1024;
/** Lines of a log that are asked for: cut to 64 kB afterwards. */
const MAX_LINES = 2000;

/** The answer to one question. Throws `EngineError`, `Unknown`, or what reading a file of this machine throws. */
export async function answer(engine: Engine, wanted: FactWanted, options: AnswerOptions): Promise<FactValue> {
  const { things, signal } = options;
  switch (wanted.ask) {
    case 'container-file': {
      const { id } = one(things.containers, wanted.container, 'container');
      return { file: textOf(await engine.readFile(id, wanted.path, { limit: MAX_TEXT, signal })) };
    }
    case 'volume-file':
      return { file: textOf(await volumeFile(engine, wanted.volume, wanted.path, options)) };
    case 'host-file':
      return { file: textOf(await readBelow(options.workFolder, wanted.path, MAX_TEXT)) };
    case 'logs':
      return { logs: await logsOf(engine, one(things.containers, wanted.container, 'container').id, signal) };
    case 'changes':
      return {
        changes: await engine.changes(one(things.containers, wanted.container, 'container').id, { signal }),
      };
    case 'history':
      return { history: await engine.history(one(things.images, wanted.image, 'image').id, { signal }) };
    case 'digests':
      return {
        digests: (await engine.imageDetails(one(things.images, wanted.image, 'image').id, { signal }))
          .digests,
      };
    case 'service':
      return { service: await serviceOf(engine, wanted.service, signal) };
    case 'registry':
      return { registry: await registryAt(wanted, signal) };
    case 'script':
      return scriptFact(engine, wanted, options);
  }
}

function one<T extends { id?: string; name?: string }>(things: readonly T[], name: string, kind: string): T {
  const [thing] = findByName(things, name);
  if (thing === undefined) throw new Unknown(`There is no ${kind} “${name}”.`, '');
  return thing;
}

/** A folder is there, but has no text. */
function textOf(found: FoundFile | null): string | null {
  if (found === null) return null;
  return found.kind === 'file' ? found.text : '';
}

/** Through a container that has the volume, whose reading disturbs nobody; else through one that is made for it. */
async function volumeFile(
  engine: Engine,
  volume: string,
  path: string,
  { things, image, signal }: AnswerOptions,
): Promise<FoundFile | null> {
  const options = { limit: MAX_TEXT, signal };
  for (const { id, target } of placesOf(volume, things)) {
    try {
      return await engine.readFile(id, posix.join(target, posix.resolve('/', path)), options);
    } catch (error) {
      // Gone since it was listed.
      if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
    }
  }
  return engine.readVolumeFile(volume, path, { ...options, image });
}

function placesOf(volume: string, { containers }: Things): { id: string; target: string }[] {
  return containers
    .filter(({ state }) => state !== 'removing' && state !== 'dead')
    .toSorted((a, b) => Number(b.state === 'running') - Number(a.state === 'running'))
    .flatMap(({ id, mounts }) =>
      mounts
        .filter(({ type, name }) => type === 'volume' && name === volume)
        .map(({ target }) => ({ id, target })),
    );
}

async function logsOf(engine: Engine, id: string, signal: AbortSignal): Promise<string> {
  const lines: string[] = [];
  for await (const batch of engine.logs(id, { tail: MAX_LINES, follow: false, signal }))
    lines.push(...batch.map(({ text }) => text));
  // An iterator ends quietly when it is aborted; half a log is no answer.
  if (signal.aborted) throw new EngineError('cancelled', 'cancelled');
  return lines.join('\n').slice(-MAX_TEXT);
}

async function serviceOf(engine: Engine, name: string, signal: AbortSignal): Promise<ServiceFacts | null> {
  const [service] = findByName(await engine.services({ signal }), name);
  if (service === undefined) return null;
  const { wanted, running, command, update } = service;
  return { wanted, running, command, update, failed: await engine.failedTasks(service.id, { signal }) };
}

async function registryAt(
  { at, repository, tag }: Extract<FactWanted, { ask: 'registry' }>,
  signal: AbortSignal,
): Promise<Extract<FactValue, { registry: unknown }>['registry']> {
  const found = await askRegistry(at, { repository, tag, signal });
  if (found === null) return null;
  const digests = found.digest === null ? {} : { [`${repository}:${tag}`]: found.digest };
  return { repositories: found.repositories, digests };
}
