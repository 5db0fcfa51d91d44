import { refused } from './refused.ts';

/** The parts of a name in an archive below `root`, which is how all names in it begin; '' where they begin with nothing. */
export function entryParts(name: string, root: string): string[] {
  if (name.startsWith('/')) throw refused(name, 'is an absolute path');
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw refused(name, 'leads out of the folder');
  if (name.includes('\0')) throw refused(name, 'has a NUL in it');
  if (root === '') return parts;
  const [first, ...rest] = parts;
  if (first !== undefined && first !== root) throw refused(name, 'is not what was asked for');
  return rest;
}
