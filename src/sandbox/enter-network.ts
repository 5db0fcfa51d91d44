import { isRoot } from './namespaced-process.ts';

/** The words that run a program in the network of a namespace's holder; who is not root has to enter its user namespace first. */
export function enterNetwork(holder: number, program: readonly string[]): readonly [string, string[]] {
  const spaces = isRoot() ? ['--net'] : ['--user', '--net'];
  return ['nsenter', ['--target', String(holder), ...spaces, ...program]];
}
