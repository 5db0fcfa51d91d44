import type { ServerResponse } from 'node:http';

/** What goes wrong, as it was seen on real engines. */
export type FaultKind =
  | 'never-answers'
  | 'dies-before-answer'
  | 'dies-mid-body'
  | 'headers-then-silence'
  | 'broken-json'
  | 'error-json'
  | 'error-text'
  | 'not-http'
  | 'disk-full'
  | 'https-only'
  | 'empty'
  | 'redirect';

export type Fault = {
  /** Matched against `METHOD /path?query`, decoded, without the version. */
  on: RegExp;
  how: FaultKind;
  /** How many requests it spoils; all of them when left out. */
  times?: number;
};

/** Removes and returns the fault that fits, if any is left. */
export function takeFault(faults: Fault[], request: string): FaultKind | null {
  const fault = faults.find(({ on, times = Infinity }) => times > 0 && on.test(request));
  if (fault === undefined) return null;
  if (fault.times !== undefined) fault.times--;
  return fault.how;
}

const HALF = '[{"Id":"abc","Names":["/ha';

/** Answers wrongly. */
export const FAULTS: Readonly<Record<FaultKind, (response: ServerResponse) => void>> = {
  'never-answers': () => undefined,
  'dies-before-answer': (response) => response.socket?.destroy(),
  'dies-mid-body': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 5000 });
    response.write(HALF, () => response.socket?.destroy());
  },
  'headers-then-silence': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
  },
  'broken-json': (response) => reply(response, 200, 'application/json', HALF),
  'error-json': (response) => reply(response, 500, 'application/json', '{"message":"boom\\u001b[31m"}'),
  'error-text': (response) => reply(response, 500, 'text/plain', 'boom in plain text\n'),
  'not-http': (response) => response.socket?.end('220 mail.example.org ESMTP\r\n'),
  'disk-full': (response) =>
    reply(response, 500, 'application/json', '{"message":"write /var/lib/x: no space left on device"}'),
  'https-only': (response) =>
    reply(response, 400, 'text/plain', 'Client sent an HTTP request to an HTTPS server.\n'),
  empty: (response) => reply(response, 200, 'text/plain', ''),
  redirect: (response) => response.writeHead(301, { location: 'http://elsewhere.invalid/' }).end(),
};

function reply(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
