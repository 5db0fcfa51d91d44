import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Size } from '../model/state.ts';
import { TerminalError } from '../terminal/terminal-error.ts';
import type { ProgramWire } from './program-wire.ts';
import type { ShellSource } from './shell-tab.ts';
import type { ShellOpeners } from './shell-tabs.ts';
import { VERSION } from './version.ts';
import { findOnPath, startFolder } from './find-on-path.ts';
import { terminalCapabilities } from './terminal-capabilities.ts';

export type ShellSurroundings = {
  engine: () => Engine | null;
  wire: ProgramWire;
  /** What Slipway was started with. */
  env: NodeJS.ProcessEnv;
  stdout: { isTTY?: boolean };
  /** The folder that shells start in; null for the one that Slipway was started in. */
  startIn: () => string | null;
};

/** How the shells of the terminal pane are opened. What that takes is loaded with the first of them. */
export function shellOpeners(around: ShellSurroundings): ShellOpeners {
  const { env, engine } = around;
  return {
    label: basename(env['SHELL'] ?? 'sh'),
    openLocal: (id, size) => openLocal(around, id, size),
    async openInContainer(container, size) {
      const present = engine();
      if (present === null)
        throw new TerminalError('There is no engine on screen', { advice: 'Ctrl-O chooses one' });
      const { openExecChannel } = await import('./exec-channel.ts');
      const channel = await openExecChannel(present, container, size);
      return { channel, label: container.name, note: '', release: () => Promise.resolve() };
    },
  };
}

async function openLocal(around: ShellSurroundings, id: number, size: Size): Promise<ShellSource> {
  const { env, wire, engine } = around;
  const lessonFolder = around.startIn();
  const cwd = lessonFolder ?? startFolder();
  const { chooseShell } = await import('../terminal/shell-choice.ts');
  const choice = await chooseShell(env);
  if (choice === null) throw new TerminalError('No shell was found: neither $SHELL, nor bash, nor sh');
  const listener = await wire.listen(id);
  const folder = folderBeside(listener.socket, id);
  const release = async (): Promise<void> => {
    await Promise.all([listener.close(), rm(folder, { recursive: true, force: true })]);
  };
  try {
    const [{ clientEnvironment, clientsAdvice }, { prepareShell }, { openPty }] = await Promise.all([
      import('./client-environment.ts'),
      import('../terminal/shell-prepare.ts'),
      import('../terminal/open-pty.ts'),
    ]);
    const onPath = (name: string): Promise<string | null> => findOnPath(name, env['PATH'] ?? '');
    const family = engine()?.family ?? 'docker';
    const { socket } = listener;
    const clients = await clientEnvironment({ socket, family, findProgram: onPath, folder });
    const trueColor = terminalCapabilities(env, around.stdout).colors > 256;
    const prepared = await prepareShell(choice, {
      env: lessonFolder === null ? env : withShortPrompt(env),
      folder,
      login: process.platform === 'darwin',
      identity: { trueColor, version: VERSION },
      pinned: clients,
    });
    const channel = await openPty({ ...prepared, ...size, cwd });
    const note = clientsAdvice(clients.clients, family);
    return { channel, label: basename(choice.file), note, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Where a lesson keeps its files says nothing to a learner: bash's prompt names the last folder of the path only. */
function withShortPrompt(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PROMPT_DIRTRIM: '1', ...env };
}

/** Beside its socket, so that it goes with it, also after a crash; a pipe has no place on the disk. */
function folderBeside(socket: string, id: number): string {
  return process.platform === 'win32'
    ? join(tmpdir(), `slipway-shell-${process.pid}-${id}`)
    : join(dirname(socket), `shell-${id}`);
}
