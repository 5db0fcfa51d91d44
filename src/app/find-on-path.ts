import { homedir } from 'node:os';
import { TerminalError } from '../terminal/terminal-error.ts';

/** Only where the shell itself will look: what is installed elsewhere is not there for it. */
export async function findOnPath(name: string, path: string): Promise<string | null> {
  const { findProgram } = await import('../terminal/find-program.ts');
  try {
    return await findProgram(name, path, startFolder());
  } catch (error) {
    if (error instanceof TerminalError) return null;
    throw error;
  }
}

/** Where Slipway was started; home, where that folder is gone. */
export function startFolder(): string {
  try {
    return process.cwd();
  } catch {
    return homedir();
  }
}
