import type { EngineError } from '../engine/errors.ts';
import type { Body } from './body-framing.ts';
import type { HeldRequest } from './held-request.ts';
import { SWITCHING, typeOf } from './read-head.ts';
import type { ResponseHead } from './read-head.ts';
import type { RecordedCall } from './record-call.ts';

/** A request and its answer while they pass. */
export type Exchange = {
  call: RecordedCall;
  method: string;
  path: string;
  /** The request's, as it came. */
  head: Buffer;
  body: Body;
  /** While the request waits for its label. */
  held: HeldRequest | null;
  /** The whole request has gone to the engine. */
  isSent: boolean;
  /** Null until the head of the answer has come. */
  answer: Body | null;
};

export const NO_BODY: Body = { isComplete: true, untilEnd: false, take: () => 0 };

/** Answers that last until something happens or the client has had enough: `run -d` waits with one that it leaves at once. */
const ENDLESS = /^(\/libpod)?\/(events|containers\/([^/]+\/)?(wait|logs|stats))$/;

/** Docker's attach and exec without an upgrade: after the head both sides speak freely (API 1.41, ContainerAttach). */
export function isRaw(head: ResponseHead, { method, path }: Exchange, answer: Body): boolean {
  if (head.status === SWITCHING) return true;
  return (
    head.status === 200 &&
    answer.untilEnd &&
    method === 'POST' &&
    /\/(attach|exec\/[^/]+\/start)$/.test(path) &&
    typeOf(head).startsWith('application/vnd.docker.')
  );
}

export function unreachable(host: string, error: EngineError): string {
  return `the engine at ${host} cannot be reached: ${withAdvice(error)}`;
}

export function withAdvice({ message, advice }: EngineError): string {
  return advice === '' ? message : `${message}. ${advice}`;
}

/** Whether a client that leaves now has missed nothing that it wanted. */
export function mayLeave({ path, answer }: Exchange): boolean {
  return answer !== null && (answer.isComplete || ENDLESS.test(path));
}
