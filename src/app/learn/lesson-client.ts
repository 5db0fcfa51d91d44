import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EngineFamily } from '../../engine/engine.ts';
import type { WireListener } from '../../wire/open-wire.ts';
import { shellEnvironment, withPinned } from '../../terminal/shell-environment.ts';
import { clientEnvironment, type Clients } from '../client-environment.ts';
import { findOnPath } from '../find-on-path.ts';
import { VERSION } from '../version.ts';

/** The number of the listener that runs a lesson's own lines; shells count from 1. */
export const LESSON_SOURCE = 0;

/** Where the lines of a solution run: an environment whose `docker` speaks to the engine through the wire. */
export type LessonClient = { env: Record<string, string>; clients: Clients; close: () => Promise<void> };

/** Opens a place on the wire for the lines that a lesson itself runs. */
export async function openLessonClient(
  listen: () => Promise<WireListener>,
  { env: outer, family }: { env: NodeJS.ProcessEnv; family: EngineFamily },
): Promise<LessonClient> {
  const listener = await listen();
  const folder =
    process.platform === 'win32' ? join(tmpdir(), `slipway-lesson-${process.pid}`) : besideSocket(listener);
  const close = async (): Promise<void> => {
    await Promise.all([listener.close(), rm(folder, { recursive: true, force: true })]);
  };
  try {
    const findProgram = (name: string): Promise<string | null> => findOnPath(name, outer['PATH'] ?? '');
    const { socket } = listener;
    const pinned = await clientEnvironment({ socket, family, findProgram, folder });
    const env = withPinned(shellEnvironment(outer, { trueColor: false, version: VERSION }), pinned);
    return { env, clients: pinned.clients, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function besideSocket({ socket }: WireListener): string {
  return join(dirname(socket), 'lesson');
}
