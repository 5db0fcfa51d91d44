// Exits with 0 when node_modules holds what package-lock.json says, by the record npm keeps of its installs:
// after someone's own `npm install` there is nothing left to do.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const packagesOf = async (path) => JSON.parse(await readFile(path, 'utf8')).packages;

const record = 'node_modules/.package-lock.json';
const installed = existsSync(record) ? await packagesOf(record) : {};
const { '': _ourselves, ...locked } = await packagesOf('package-lock.json');

// An optional package may be for another kind of machine.
const isThere = ([path, { integrity, optional }]) =>
  installed[path] ? installed[path].integrity === integrity : optional;
process.exitCode = Object.entries(locked).every(isThere) ? 0 : 1;
