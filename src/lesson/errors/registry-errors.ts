import type { ErrorRow } from './error-row.ts';

/** What goes wrong between an engine and a registry that answers. */
export const REGISTRY_ERRORS: readonly ErrorRow[] = [
  {
    id: 'registry-full',
    says: /the registry is full: it may hold (?<limit>[\d.]+ \w+)|the registry’s disk is full|(?:registry|blob|upload|unknown).*no space left on device/,
    meaning: ({ limit }) =>
      limit === undefined
        ? 'The registry has no room left on its disk, so the image is not there, or not whole.'
        : `This registry may hold ${limit}, and that is used up; the image is not there.`,
    tryThis: 'Push something smaller. A registry of the sandbox is empty again after: slipway sandbox reset',
  },
  {
    id: 'registry-plain-http',
    says: /https?:\/\/(?<host>[^/\s"]+)[^\n]*server gave HTTP response to HTTPS client/,
    meaning: ({ host = 'it' }) =>
      `The engine wants HTTPS from a registry, and ${host} speaks plain HTTP. Only on loopback it is let pass.`,
    tryThis:
      'Use the address on loopback, 127.0.0.1, where there is one. Else the engine has to be told that this registry is “insecure”, in its settings.',
  },
];
