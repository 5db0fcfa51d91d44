/** Something went wrong with the sandbox; the message has the engine's own words, the advice what to do where we know it. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly advice: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.advice = ADVICE.find(({ words }) => words.test(message))?.advice ?? '';
  }
}

/** Most telling first. */
const ADVICE: readonly { words: RegExp; advice: string }[] = [
  {
    words: /no space left on device|ENOSPC|disk quota/i,
    advice: 'The disk is full: make room, or name a folder that has some in XDG_STATE_HOME.',
  },
  {
    words: /private folder of ours/,
    advice: 'Somebody else has made it, or others may read it; look into it before you remove it.',
  },
  {
    words: /EEXIST|ENOTDIR|not a directory/i,
    advice: 'A file is where a folder has to be: move it away and try again.',
  },
  {
    words: /EACCES|EROFS|permission denied|read-only file system/i,
    advice: 'Slipway may not write there; name another folder in XDG_STATE_HOME.',
  },
  {
    words: /EMFILE|ENFILE|too many open files|cannot fork|resource temporarily unavailable/i,
    advice: 'The machine is at a limit of processes or open files; end some and try again.',
  },
];
