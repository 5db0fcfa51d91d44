import { BUILD_ERRORS } from './build-errors.ts';
import { CLIENT_ERRORS } from './client-errors.ts';
import { CONTAINER_ERRORS } from './container-errors.ts';
import type { ErrorRow } from './error-row.ts';
import { IMAGE_ERRORS } from './image-errors.ts';
import { MOUNT_ERRORS } from './mount-errors.ts';
import { NETWORK_ERRORS } from './network-errors.ts';
import { PROGRAM_ERRORS } from './program-errors.ts';
import { REGISTRY_ERRORS } from './registry-errors.ts';
import { TLS_ERRORS } from './tls-errors.ts';

/**
 * What engines and their clients say when they refuse something: dockerd 20.10 to 29, podman 4.3, the docker clients 20.10
 * and 28, podman’s own. The first row that fits explains; rows that say more precisely what is wrong stand first.
 */
export const ERROR_TABLE: readonly ErrorRow[] = [
  ...PROGRAM_ERRORS,
  ...TLS_ERRORS,
  ...BUILD_ERRORS,
  ...MOUNT_ERRORS,
  ...REGISTRY_ERRORS,
  ...IMAGE_ERRORS,
  ...CONTAINER_ERRORS,
  ...NETWORK_ERRORS,
  ...CLIENT_ERRORS,
];
