import { CATALOGUE_READER } from '../../engine/ask-registry.ts';

/** What somebody did to a registry, as its answers tell. */
export type RegistryEvent = {
  action: 'push' | 'pull' | 'delete';
  repository: string;
  /** A tag, or a digest. */
  reference: string;
  /** Empty where the answer names none. */
  digest: string;
  /** Milliseconds since the epoch. */
  at: number;
};

type Answered = { method: string; path: string; status: number; digest: string; client: string };

const ACTIONS: Readonly<Record<string, { action: RegistryEvent['action']; status: number }>> = {
  PUT: { action: 'push', status: 201 },
  GET: { action: 'pull', status: 200 },
  DELETE: { action: 'delete', status: 202 },
};

/** Null for what changes no image and fetches none: a question, a blob, a failure. */
export function registryEvent(
  { method, path, status, digest, client }: Answered,
  at: number,
): RegistryEvent | null {
  // Slipway looks at what is there; that is no pull of anybody's.
  if (client.startsWith(CATALOGUE_READER)) return null;
  const [, repository, reference] = /^\/v2\/(.+)\/manifests\/([^/?]+)$/.exec(path) ?? [];
  // dockerd keeps manifests: one that it has seen before it asks for by HEAD only (measured on 20.10).
  const isPull = method === 'HEAD' && client.startsWith('docker/');
  const known = ACTIONS[isPull ? 'GET' : method];
  if (repository === undefined || reference === undefined || known?.status !== status) return null;
  return { action: known.action, repository, reference, digest, at };
}
