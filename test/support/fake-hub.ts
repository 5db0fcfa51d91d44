import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FakeLogLine, FakeState, RawRow } from './fake-state.ts';

export type FakeHub = {
  state: FakeState;
  family: 'docker' | 'podman';
  apiVersion: string;
  minApiVersion: string;
  /** Open event streams. */
  watchers: Set<ServerResponse>;
  /** Open followed logs, by container. */
  readers: Map<string, Set<(line: FakeLogLine) => void>>;
  /** Sends an event to all who watch; nothing else happens. */
  emit(event: RawRow): void;
  /** Adds a line to a container's log. */
  log(id: string, text: string, stream?: 'stdout' | 'stderr'): void;
};

/** One request on its way to an answer; `id` is the part of the path that names something. */
export type Exchange = {
  hub: FakeHub;
  request: IncomingMessage;
  response: ServerResponse;
  id: string;
  query: URLSearchParams;
  body: RawRow;
};

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

export function text(response: ServerResponse, status: number, said: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(said);
}

export function fail(response: ServerResponse, status: number, message: string): void {
  json(response, { message }, status);
}
