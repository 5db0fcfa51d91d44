import { createClient } from './client.ts';
import type { Client } from './client.ts';
import type { Dial } from './dial.ts';
import type { EngineFamily } from './engine.ts';
import { EngineError } from './errors.ts';
import type { Call } from './exchange.ts';

/** The newest version whose answers we know, and the oldest that has what we need (Docker 20.10, podman 4). */
const NEWEST: ApiVersion = [1, 47];
const OLDEST: ApiVersion = [1, 41];

type ApiVersion = readonly [major: number, minor: number];

export type Agreement = {
  client: Client;
  family: EngineFamily;
  apiVersion: string;
  /** Of podman itself, e.g. `4.3.1`; empty for Docker. */
  podmanVersion: string;
};

/**
 * Finds out who answers and which version of the API is spoken, with nothing but `/_ping`: `/version` takes podman up to
 * 0.75 s.
 */
export async function agreeVersion(dial: Dial, limits: Omit<Call, 'path'>): Promise<Agreement> {
  const headers = await createClient(dial, '').headers({ ...limits, path: '/_ping' });
  const offered = parseVersion(String(headers['api-version'] ?? ''));
  if (offered === null) {
    throw new EngineError('not-engine', 'what answered is not a Docker or Podman engine', {
      advice: 'Another program listens there; check the address.',
    });
  }
  if (isOlder(offered, OLDEST)) throw tooOld(offered);
  const isNewer = isOlder(NEWEST, offered);
  const version = (isNewer ? NEWEST : offered).join('.');
  const client = createClient(dial, `/v${version}`);
  // A newer engine may have dropped what we speak; it says so to any call with a version.
  if (isNewer) await client.headers({ ...limits, path: '/_ping' });
  const podmanVersion = String(headers['libpod-api-version'] ?? '');
  return { client, family: podmanVersion ? 'podman' : 'docker', apiVersion: version, podmanVersion };
}

export function parseVersion(text: string): ApiVersion | null {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined || minor === undefined ? null : [Number(major), Number(minor)];
}

export function isOlder(a: ApiVersion, b: ApiVersion): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function tooOld(offered: ApiVersion): EngineError {
  return new EngineError(
    'too-old',
    `the engine speaks API ${offered.join('.')} and no more; Slipway needs ${OLDEST.join('.')}`,
    { advice: 'Update the engine: Docker 20.10 or Podman 4 at least.' },
  );
}
