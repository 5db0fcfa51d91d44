import { appendFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RunSpec } from '../engine/commands.ts';
import type { Engine, JsonValue } from '../engine/engine.ts';
import { EngineError, isEngineGone } from '../engine/errors.ts';
import { looseRow } from '../engine/fields.ts';
import { EMPTY_RUN_SPEC } from '../engine/run-line.ts';
import { containerProcess } from './container-process.ts';
import { findHostEngine } from './host-engine.ts';
import { isRoot } from './namespaced-process.ts';
import { clearPlaces, type EnginePlaces, type PrivateEngine, type StartOptions } from './private-engine.ts';
import { REGISTRY_PORT } from './registry/registry-ports.ts';
import { untilAnswering } from './until-answering.ts';

/** Marks the container on the person's engine; its value says whose it is. */
export const SANDBOX_LABEL = 'slipway.sandbox';
const NO_DISK_LIMIT = 'no limit of disk: what it holds is in a volume of your own engine';
/** The folder with the socket, as it is called inside. */
const INNER_RUN = '/run/slipway';

/**
 * Starts a dockerd in a privileged container of the person's own engine. What it holds is in an anonymous volume, which
 * goes with the container. One that a killed keeper left is removed first, and nothing else of that engine is touched.
 */
export async function startInside(places: EnginePlaces, options: StartOptions): Promise<PrivateEngine> {
  const startedAt = Date.now();
  const host = await findHostEngine();
  if (host.engine === null) throw new Error(host.why);
  const { engine, image } = host;
  await clearPlaces(places);
  await writeFile(places.engineLog, '', { mode: 0o600 });
  try {
    await removeOurs(engine, places.name);
    const spec = specOf(image, places, options);
    const { affected } = await engine.carryOut(
      { do: 'run', spec },
      { ...(options.signal && { signal: options.signal }) },
    );
    return { ...(await follow(engine, affected[0] ?? '', places, options)), startedAt };
  } catch (error) {
    await removeOurs(engine, places.name).catch(unlessGone);
    engine.close();
    throw error;
  }
}

function specOf(
  image: string,
  places: EnginePlaces,
  { limits, arguments: more = [] }: StartOptions,
): RunSpec {
  const flags = {
    host: `unix://${INNER_RUN}/${basename(places.socket)}`,
    // A number, as no group inside has the name: the folder around the socket lets nobody else in.
    group: String(process.getgid?.() ?? 0),
    'shutdown-timeout': '2',
    'registry-mirror': `http://127.0.0.1:${REGISTRY_PORT}`,
    'log-level': 'warn',
  };
  const words = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  return {
    ...EMPTY_RUN_SPEC,
    image,
    name: places.name,
    labels: { [SANDBOX_LABEL]: places.name },
    command: ['dockerd', ...words, ...more],
    mounts: [
      { source: dirname(places.socket), target: INNER_RUN, readOnly: false },
      { source: '', target: '/var/lib/docker', readOnly: false },
    ],
    privileged: limits,
  };
}

async function follow(
  engine: Engine,
  id: string,
  places: EnginePlaces,
  { signal }: StartOptions,
): Promise<Omit<PrivateEngine, 'startedAt'>> {
  const following = new AbortController();
  let isOver = false;
  const exited = keepLog(engine, id, places.engineLog, following.signal).then(() => {
    isOver = true;
    return { code: null, signal: null };
  });
  const hasExited = () => isOver;
  await untilAnswering({
    program: 'dockerd',
    socket: places.socket,
    log: places.engineLog,
    hasExited,
    signal,
  });
  const holder = await containerProcess(id);
  if (holder === null) throw new Error('your engine runs its containers on another machine than this one');
  const end = async () => {
    await removeOurs(engine, places.name).catch(unlessGone);
    following.abort();
    await exited;
    engine.close();
  };
  const address = isRoot() ? {} : { address: addressOf(await engine.inspect('container', id)) };
  return { pid: holder, holder, exited, hasExited, end, unlimited: [NO_DISK_LIMIT], ...address };
}

/** Ends when the container has ended, or its engine: the log of a container is open for as long as it runs. */
async function keepLog(engine: Engine, id: string, file: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const lines of engine.logs(id, { tail: 100, follow: true, signal }))
      await appendFile(file, lines.map(({ text }) => `${text}\n`).join(''));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}

async function removeOurs(engine: Engine, name: string): Promise<void> {
  for (const container of await engine.list('container')) {
    if (container.kind !== 'container' || container.labels[SANDBOX_LABEL] !== name) continue;
    await engine
      .carryOut({ do: 'remove-container', container, force: true, volumes: true })
      .catch((error: unknown) => {
        if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
      });
  }
}

/** What cannot be removed now is removed by the next start. */
function unlessGone(error: unknown): void {
  if (!isEngineGone(error)) throw error;
}

/** Of the container on its engine's bridge, which a user reaches without being let into its network. */
function addressOf(inspected: JsonValue): string {
  const networks = looseRow(looseRow(looseRow(inspected)['NetworkSettings'])['Networks']);
  const addresses = Object.values(networks).map((network) => looseRow(network)['IPAddress']);
  const address = addresses.find((found) => typeof found === 'string' && found !== '');
  if (typeof address !== 'string') throw new Error('your engine gave the container no address');
  return address;
}
