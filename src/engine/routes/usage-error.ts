/**
 * What the person gave (a flag, a variable, the name of a context) cannot be used as it stands. Not an engine's
 * failure: nothing was tried. The command line turns it into exit code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Which flag, variable or file the value came from, e.g. `DOCKER_HOST`. */
  readonly from: string;
  /** What would be right, one line each. */
  readonly advice: readonly string[];

  constructor(from: string, message: string, advice: readonly string[], options: { cause?: unknown } = {}) {
    super(message, options);
    this.from = from;
    this.advice = advice;
  }
}
