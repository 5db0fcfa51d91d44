import { posix } from 'node:path';
import { cleanText } from '../clean-text.ts';
import type { Client } from '../client.ts';
import { EngineError } from '../errors.ts';
import { runInside } from '../run-inside.ts';
import type { FileEntry, FileType } from './file-entry.ts';
import { isUtf8Path } from './is-utf8-path.ts';

/** Some 30,000 lines; `/proc` of a busy container has a few hundred. */
const MOST_OUTPUT = 4 * 1024 * 1024;
const FORMAT = '%f:%s:%u:%g:%Y:%n';
const LINE = /^([0-9a-f]{1,8}):(\d+):(\d+):(\d+):(-?\d+):(\/.*)$/;

/** The upper bits of a mode (inode(7)). */
const TYPES: Readonly<Record<number, FileType>> = {
  0o01: 'pipe',
  0o02: 'character-device',
  0o04: 'folder',
  0o06: 'block-device',
  0o10: 'file',
  0o12: 'link',
  0o14: 'socket',
};

/** One folder, by programs in the running container: `find` and `stat` of coreutils, busybox or toybox; no shell. */
export async function listInside(
  client: Client,
  containerId: string,
  folder: string,
  signal: AbortSignal,
): Promise<FileEntry[]> {
  const find = ['find', folder === '/' ? '/' : `${folder}/`, '-mindepth', '1', '-maxdepth', '1'];
  const inside = (command: readonly string[]): Promise<string> => run(client, containerId, command, signal);
  const entries = readLines(await inside([...find, '-exec', 'stat', '-c', FORMAT, '{}', '+']));
  if (!entries.some(({ type }) => type === 'link')) return entries;
  const targets = (await inside([...find, '-type', 'l', '-exec', 'readlink', '{}', ';'])).split('\n');
  // A link that went away in between would shift them: better none than a wrong one.
  const links = entries.filter(({ type }) => type === 'link').length;
  if (targets.length - 1 !== links) return entries;
  return entries.map((entry) =>
    entry.type === 'link' ? { ...entry, target: targets.shift() ?? '' } : entry,
  );
}

async function run(
  client: Client,
  containerId: string,
  command: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const [, folder = ''] = command;
  if (!isUtf8Path(folder))
    throw new EngineError('unsupported', 'the name of this folder is not UTF-8', {
      advice: 'It lives in memory, where only a program inside can look: open a shell with e.',
    });
  const { stdout, stderr, exitCode } = await runInside(client, containerId, command, {
    limit: MOST_OUTPUT,
    signal,
  });
  // A process that ended meanwhile is a line that is missing, not a failure of the whole.
  if (exitCode === 0 || stdout !== '') return stdout;
  const said = cleanText(stderr).trim() || `${command[0]} ended with code ${exitCode}`;
  if (/^find: .*(no such file|not a directory)/i.test(said)) throw new EngineError('not-found', said);
  if (/^find: .*permission denied/i.test(said)) throw new EngineError('rejected', said);
  throw new EngineError('unsupported', said, {
    advice:
      'What lives in memory can be listed only by programs in the container: it needs `find` and `stat`.',
  });
}

function readLines(stdout: string): FileEntry[] {
  const entries: FileEntry[] = [];
  for (const line of stdout.split('\n')) {
    const match = LINE.exec(line);
    const last = entries.at(-1);
    if (match !== null) entries.push(readLine(match));
    // A line end in a name: the name goes on.
    else if (line !== '' && last !== undefined)
      entries[entries.length - 1] = { ...last, name: `${last.name}\n${line}` };
  }
  return entries;
}

function readLine([, mode = '0', size, uid, gid, modified, path = '']: RegExpExecArray): FileEntry {
  const bits = Number.parseInt(mode, 16);
  const type = TYPES[bits >> 12] ?? 'file';
  return {
    name: posix.basename(path),
    type,
    size: type === 'file' ? Number(size) : 0,
    mode: bits & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    modifiedAt: Number(modified) * 1000,
    target: '',
  };
}
