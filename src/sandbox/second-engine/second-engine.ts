import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connect } from '../../engine/connect.ts';
import type { Endpoint } from '../../engine/endpoint.ts';
import { openTlsEnd } from '../../engine/tls-end.ts';
import { sandboxAbility } from '../ability.ts';
import { loadBaseImage } from '../base-image.ts';
import { findProgram } from '../find-program.ts';
import { hasCode } from '../has-code.ts';
import { clearLeftovers } from '../leftovers.ts';
import { type Places, makePlaces, removeRun, sandboxPlaces } from '../places.ts';
import { stopPrivateEngine } from '../private-engine.ts';
import { makeCertificates } from './certificates.ts';

/**
 * An engine that plays the one on another machine: private, with nothing but `tiny:1`, and reached over TCP by whoever
 * has the certificate. It belongs to the process that opened it, and ends with it whatever way that ends.
 */
export type SecondEngine = {
  /** As in `docker -H`: `tcp://127.0.0.1:40123`. */
  host: string;
  /** The folder for DOCKER_CERT_PATH; a short path, as it is typed. */
  certs: string;
  /** The way that a learner's client takes, too. */
  endpoint: Endpoint;
  close(): Promise<void>;
};

export type SecondEngineOptions = { signal?: AbortSignal; onStep?: (text: string) => void };

/** One or two boxes at a time. */
const LIMITS = { memory: 512 * 1024 ** 2, pids: 512 };

/** Null when it can be had here, else why not. */
export async function whyNoSecondEngine(): Promise<string | null> {
  if ((await findProgram('openssl')) === null)
    return 'A second engine needs openssl to make its certificates, and it is not installed';
  const ability = await sandboxAbility();
  return ability.can ? null : `A second engine cannot be started here: ${ability.why}`;
}

/** About a second. Throws with the words of what did not start. */
export async function openSecondEngine(options: SecondEngineOptions = {}): Promise<SecondEngine> {
  const { signal, onStep } = options;
  const ability = await sandboxAbility();
  if (!ability.can) throw new Error(`a second engine cannot be started here: ${ability.why}`);
  await clearAbandoned();
  const places = sandboxPlaces(join(base(), `${process.pid}-${randomBytes(3).toString('hex')}`));
  await using undo = new AsyncDisposableStack();
  await makePlaces(places);
  undo.defer(() => removePlaces(places));
  onStep?.('Starting a second engine');
  const certs = join(places.run, 'certs');
  await mkdir(certs, { mode: 0o700 });
  const certificate = await makeCertificates(certs);
  const started = await ability.way.start(places, {
    limits: LIMITS,
    ...(signal !== undefined && { signal }),
  });
  undo.defer(() => stopPrivateEngine(places, started, 0));
  const end = await openTlsEnd(places.socket, certificate);
  undo.defer(() => end.close());
  const endpoint = await clientEndpoint(end.port, certs);
  const engine = await connect(endpoint, signal === undefined ? {} : { signal });
  undo.defer(() => engine.close());
  await loadBaseImage(engine, signal === undefined ? {} : { signal });
  engine.close();
  const kept = undo.move();
  return { host: `tcp://127.0.0.1:${end.port}`, certs, endpoint, close: () => kept.disposeAsync() };
}

async function clientEndpoint(port: number, certs: string): Promise<Endpoint> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((file) => readFile(join(certs, file), 'utf8')),
  );
  return {
    via: 'tls',
    host: '127.0.0.1',
    port,
    ca: ca ?? null,
    cert: cert ?? null,
    key: key ?? null,
    verify: true,
  };
}

/** Beside the sandbox's own folder. */
function base(): string {
  return join(dirname(sandboxPlaces().state), 'second-engine');
}

async function removePlaces(places: Places): Promise<void> {
  await removeRun(places);
  await rm(places.state, { recursive: true, force: true });
}

/** What a Slipway that was killed has left; the kernel has ended its engine. Each is named for its owner's process. */
async function clearAbandoned(): Promise<void> {
  for (const name of await foldersIn(base())) {
    const owner = Number.parseInt(name, 10);
    if (!(owner > 0) || isAlive(owner)) continue;
    const places = sandboxPlaces(join(base(), name));
    await makePlaces(places);
    await clearLeftovers(places);
    await removePlaces(places);
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
