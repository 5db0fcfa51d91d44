/** `node test/pictures/refresh-readme.ts`: writes the README's made tables anew. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withTables } from './readme-tables.ts';

const README = join(import.meta.dirname, '../../README.md');

await writeFile(README, await withTables(await readFile(README, 'utf8')));
process.stdout.write('README.md\n');
