import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const NOBODY = 65534;
const SOURCES = join(import.meta.dirname, '../../src');

/**
 * Runs JavaScript as a user without rights and gives what it printed. Needs root. `m` holds what the source files
 * export: they are loaded before the rights go, as they may lie where nobody may not look.
 */
export async function asNobody(sources: readonly string[], program: string): Promise<string> {
  const files = sources.map((path) => join(SOURCES, path));
  const script = `
    const parts = await Promise.all(${JSON.stringify(files)}.map((file) => import(file)));
    const m = Object.assign({}, ...parts);
    process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY});
    ${program}`;
  const options = { cwd: '/', env: { PATH: process.env['PATH'] ?? '' } };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    options,
  );
  return stdout.trim();
}
