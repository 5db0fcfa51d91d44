import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import type { Failure } from './route.ts';

/** Looks at a socket's file before anyone connects: a missing one costs no connection, and the reasons are better. */
export async function checkSocket(path: string): Promise<{ ok: true; realPath: string } | Failure> {
  try {
    const file = await stat(path);
    if (!file.isSocket()) return failure('not-engine', `not a socket but ${kindOf(file)}`);
    return { ok: true, realPath: await realpath(path) };
  } catch (error) {
    return whyNot(error, path);
  }
}

async function whyNot(error: unknown, path: string): Promise<Failure> {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT') return failure('missing', (await danglingLink(path)) ?? 'no such file');
  if (code === 'ENOTDIR') return failure('missing', 'no such file');
  if (code === 'EACCES' || code === 'EPERM')
    return failure('denied', 'permission denied (its folder is closed)');
  return failure('missing', error instanceof Error ? error.message : String(error));
}

/** Docker Desktop and podman-docker leave such links when their engine is off. */
async function danglingLink(path: string): Promise<string | null> {
  const link = await lstat(path).catch(() => null);
  return link?.isSymbolicLink() ? `a link to ${await readlink(path)}, which is not there` : null;
}

function kindOf(file: { isDirectory(): boolean; isFile(): boolean }): string {
  return file.isDirectory() ? 'a folder' : file.isFile() ? 'a plain file' : 'something else';
}

function failure(kind: Failure['kind'], why: string): Failure {
  return { ok: false, kind, why, advice: '' };
}
