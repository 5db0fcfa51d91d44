/** A terminal that could not be opened, for a reason that a person can do something about. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  readonly advice: string;

  constructor(message: string, options: { advice?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.advice = options.advice ?? '';
  }
}
