import { TerminalError } from './terminal-error.ts';

export type PtyModule = typeof import('node-pty');

/** Loaded when the first shell is opened: it is native code, and there are systems that it has no build for. */
export async function loadPty(): Promise<PtyModule> {
  try {
    return await import('node-pty');
  } catch (error) {
    throw ptyMissing(error);
  }
}

export function ptyMissing(cause: unknown): TerminalError {
  const { platform, arch } = process;
  return new TerminalError(
    `No shell can be opened here: there is no pseudo-terminal for ${platform}-${arch}`,
    {
      advice: isMusl(cause)
        ? 'node-pty is built for glibc 2.28 and later, this system has another C library (Alpine?); everything else of Slipway works'
        : 'Install Slipway again on this very machine, with optional dependencies (npm install --include=optional)',
      cause,
    },
  );
}

/** The native module is there but cannot be linked: musl says `Error relocating`, or does not find glibc's loader. */
function isMusl(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ERR_DLOPEN_FAILED' && process.platform === 'linux';
}
