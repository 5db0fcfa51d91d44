import { posix } from 'node:path';
import type { ContainerDetails } from '../engine.ts';

/** Places that the kernel fills; they exist only while the container runs, and no archive has what is in them. */
export const KERNEL_PLACES = ['/dev', '/proc', '/sys'];

/** Whether what is at a path lives in memory. The mount that counts is the innermost one above it. */
export function isInMemory({ mounts }: Pick<ContainerDetails, 'mounts'>, path: string): boolean {
  const around = mounts
    .map(({ type, target }) => ({ type, target: absolute(target) }))
    .filter(({ target }) => isBelow(path, target))
    .toSorted((a, b) => b.target.length - a.target.length);
  const [innermost] = around;
  if (innermost !== undefined) return innermost.type === 'tmpfs';
  return isOfKernel(path);
}

export function isOfKernel(path: string): boolean {
  return KERNEL_PLACES.some((place) => isBelow(path, place));
}

export function isUp({ state }: Pick<ContainerDetails, 'state'>): boolean {
  return state === 'running' || state === 'paused';
}

/** The folder itself counts as below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

export function absolute(path: string): string {
  return posix.resolve('/', path);
}
