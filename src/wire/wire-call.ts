/**
 * One call of the Engine API that went through the wire, as far as it has come. A call is told several times, with the
 * same id: when its request is read, when its answer begins, now and then while a stream goes on, and when it ends.
 * Every string has been stripped of control characters, and secrets are masked before anything is kept.
 */
export type WireCall = {
  /** Counts up over all listeners of a wire. */
  id: number;
  /** Which listener it came in by: the number given to `listen`. */
  source: number;
  /** Which connection of the client; calls on one connection follow each other. */
  connection: number;
  /** Milliseconds since the epoch: when the first byte of the request was read. */
  at: number;
  method: string;
  /** Without the version: `/containers/json`, `/libpod/info`. Not decoded. */
  path: string;
  /** As the client wrote it, `v1.41`; empty where it asked for none. */
  version: string;
  /** Without the question mark, not decoded, secrets masked. */
  query: string;
  /** Null until the answer has begun. */
  status: number | null;
  /** Milliseconds from `at` to the head of the answer; null until then. */
  answeredAfter: number | null;
  /** Milliseconds from `at` to the end on both sides; null while it goes on. */
  endedAfter: number | null;
  /** Bytes of body (for an upgraded connection: of anything) to the engine and back, as they went over the socket. */
  sent: number;
  received: number;
  /** `upgraded`: after its head it is a pipe both ways (attach, exec, a BuildKit session). */
  mode: 'plain' | 'upgraded';
  /** What the client said the request's body is, e.g. `application/json`; empty without a body. */
  contentType: string;
  request: RecordedBody | null;
  response: RecordedBody | null;
  /** The wire put its label on what this call creates. */
  labelled: boolean;
  /** A masked value stands somewhere in `query`, `request` or `response`. */
  masked: boolean;
  /** What went wrong on the way, in words (`the engine hung up before it had answered`); empty when all went well. */
  problem: string;
};

/** The beginning of a small text body, JSON as a rule. Bodies of other kinds (archives, streams) are never kept. */
export type RecordedBody = {
  text: string;
  /** There was more than is kept. */
  cut: boolean;
};
