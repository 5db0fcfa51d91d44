import type { Event } from '../../src/model/events.ts';
import type { State } from '../../src/model/state.ts';
import type { WireCall } from '../../src/wire/wire-call.ts';
import { after, holding, NOW } from './build-state.ts';

export const ID = 'c0ffee'.repeat(10) + 'beef';
export const json = (value: unknown) => ({ text: JSON.stringify(value), cut: false });

/** `POST /containers/create?name=web 201`, ended after 12 ms; what it says otherwise in `more`. */
export function aCall(id: number, asked: string, more: Partial<WireCall> = {}): WireCall {
  const [method = '', address = '', status = '200'] = asked.split(' ');
  const [path = '', query = ''] = address.split('?');
  return {
    id,
    source: 1,
    connection: 1,
    at: NOW + id * 10,
    method,
    path,
    version: 'v1.41',
    query,
    status: Number(status),
    answeredAfter: 10,
    endedAfter: 12,
    sent: 0,
    received: 88,
    mode: 'plain',
    contentType: '',
    request: null,
    response: null,
    labelled: false,
    masked: false,
    problem: '',
    ...more,
  };
}

export function calls(...made: readonly WireCall[]): Event {
  return { type: 'wire-called', calls: made };
}

export function startedTyping(id: number, line: string, at = NOW, shell = 1): Event {
  return { type: 'typed-command-started', id, shell, line, at };
}

export function endedTyping(id: number, code: number | null, at: number): Event {
  return { type: 'typed-command-ended', id, code, words: code === 0 ? '' : 'not found', at };
}

export function openedShell(id = 1, label = 'bash'): Event {
  return { type: 'shell-opened', tab: { id, label, container: null } };
}

/** What `docker run -d --name web tiny:1 sleep 1d` says to the engine. */
export const RUN_CALLS: readonly WireCall[] = [
  aCall(1, 'HEAD /_ping', { version: '', received: 0 }),
  aCall(2, 'POST /containers/create?name=web 201', {
    sent: 1520,
    contentType: 'application/json',
    request: json({ Image: 'tiny:1', Cmd: ['sleep', '1d'], Env: null, HostConfig: { Binds: null } }),
    response: json({ Id: ID, Warnings: [] }),
    labelled: true,
  }),
  aCall(3, `POST /containers/${ID}/start 204`, { endedAfter: 312, received: 0 }),
];

/** The wire in view beside the terminal, with the focus, and whatever has happened then. */
export function onWire(size: State['size'], ...events: readonly Event[]): State {
  return after(
    holding({ size }),
    openedShell(),
    { type: 'focus-moved', to: 'terminal' },
    { type: 'focus-moved', to: 'wire' },
    ...events,
  );
}

export const RAN: readonly Event[] = [
  startedTyping(1, 'docker run -d --name web tiny:1 sleep 1d'),
  calls(...RUN_CALLS),
  endedTyping(1, 0, NOW + 400),
];
