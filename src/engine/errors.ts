/**
 * Everything that can go wrong between us and an engine, sorted once, here at the edge.
 *
 * - `missing` no such file or host · `denied` not allowed to connect · `refused` nobody listens · `timeout` no answer in time
 * - `not-engine` something else answered · `too-old`, `too-new` no API version in common · `tls` certificates do not fit
 * - `lost` the connection broke in the middle · `protocol` an answer that cannot be read
 * - `not-found` 404 · `conflict` 409 · `rejected` any other 4xx · `failed` 5xx · `disk-full` · `unsupported` this engine cannot do it
 * - `cancelled` we stopped it ourselves
 */
export type EngineErrorKind =
  | 'missing'
  | 'denied'
  | 'refused'
  | 'timeout'
  | 'not-engine'
  | 'too-old'
  | 'too-new'
  | 'tls'
  | 'lost'
  | 'protocol'
  | 'not-found'
  | 'conflict'
  | 'rejected'
  | 'failed'
  | 'disk-full'
  | 'unsupported'
  | 'cancelled';

export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly kind: EngineErrorKind;
  /** What the person can do about it; empty where the engine's own words say it all. */
  readonly advice: string;

  /** @param message the engine's own words where it had any, stripped of control characters */
  constructor(kind: EngineErrorKind, message: string, options: { advice?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.advice = options.advice ?? '';
  }
}

/** Kinds that mean “the engine is gone”, as opposed to “the engine said no”. */
const GONE: ReadonlySet<EngineErrorKind> = new Set([
  'missing',
  'denied',
  'refused',
  'timeout',
  'not-engine',
  'tls',
  'lost',
]);

export function isEngineGone(error: unknown): error is EngineError {
  return error instanceof EngineError && GONE.has(error.kind);
}
