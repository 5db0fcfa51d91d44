import type { WireCall } from './wire-call.ts';

/** Builds, pulls, imports, loads and commits; `/session` and `/grpc` are how buildx builds. */
const MAKES_IMAGES =
  /^(?:\/libpod)?\/(?:build|commit|session|grpc|images\/(?:create|load|pull|import)|images\/.+\/(?:pull|load))$/;

/** Whether images may appear because of a call, with ids that its answer does not tell. */
export function makesImages({ method, path }: Pick<WireCall, 'method' | 'path'>): boolean {
  return method === 'POST' && MAKES_IMAGES.test(path);
}
