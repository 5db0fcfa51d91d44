import { quoteWords } from '../engine/shell-words.ts';
import type { WireCall } from './wire-call.ts';

export type CurlLine = {
  /** For a POSIX shell, on one line. */
  line: string;
  /** What to know before it is pasted: a file that is needed, a secret to fill in. Empty where it just works. */
  note: string;
};

/**
 * The call as a `curl` command that does the same when it is pasted into a shell.
 * @param to the engine, in the form of `formatHost`: `unix:///run/docker.sock`, `tcp://build:2375`
 */
export function callAsCurl(call: WireCall, to: { host: string }): CurlLine {
  const way = wayTo(to.host);
  const body = bodyOf(call);
  const kind = KINDS.find(({ ask }) => ask.test(`${call.method} ${call.path}`));
  const words = [
    'curl',
    '-sS',
    ...way.words,
    ...methodWords(call, body.words),
    ...(kind?.words ?? []),
    ...(isFollowed(call) ? ['--no-buffer'] : []),
    ...urlWords(way.origin, call),
  ];
  const notes = [way.note, body.note, maskedNote(call), kind?.note ?? ''].filter((note) => note !== '');
  return { line: quoteWords([...words, ...body.words].filter((word) => word !== '')), note: notes.join(' ') };
}

type Way = { words: readonly string[]; origin: string; note: string };

function wayTo(host: string): Way {
  const [, scheme = '', rest = ''] = /^(\w+):\/\/(.*)$/.exec(host) ?? [];
  if (scheme === 'unix') return { words: ['--unix-socket', rest], origin: 'http://localhost', note: '' };
  if (scheme === 'tcp')
    return {
      words: [],
      origin: `http://${rest}`,
      note: rest.endsWith(':2376') ? 'With TLS write https:// and add --cacert, --cert and --key.' : '',
    };
  const note =
    scheme === 'ssh'
      ? `Run it on the engine’s machine: ssh ${rest.replace(/\/.*/, '')}`
      : 'Put in the address of the engine.';
  return { words: ['--unix-socket', '/var/run/docker.sock'], origin: 'http://localhost', note };
}

function methodWords({ method }: WireCall, body: readonly string[]): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  if (method === 'GET' && body.length === 0) return [];
  return ['-X', method];
}

type Body = { words: readonly string[]; note: string };

function bodyOf({ request, sent, contentType, mode }: WireCall): Body {
  if (request !== null) {
    const type = header('Content-Type', contentType || 'application/json');
    if (!request.cut) return { words: [...type, '-d', oneLine(request.text)], note: '' };
    const note = 'The body was longer than what is kept: put it into body.json.';
    return { words: [...type, '--data-binary', '@body.json'], note };
  }
  if (sent === 0 || mode === 'upgraded') return { words: [], note: '' };
  const isArchive = /tar|octet-stream|^$/.test(contentType);
  const file = isArchive ? 'archive.tar' : 'body.bin';
  const what = isArchive ? 'archive' : 'body';
  const words = [...header('Content-Type', contentType), '--data-binary', `@${file}`];
  return { words, note: `The ${what} that was sent is not kept: put it into ${file}.` };
}

function header(name: string, value: string): string[] {
  return value === '' ? [] : ['-H', `${name}: ${value}`];
}

/** Line ends in JSON stand between its parts, never in a text. */
function oneLine(json: string): string {
  return json.trim().replace(/\s*\n\s*/g, ' ');
}

function maskedNote({ masked, request, query }: WireCall): string {
  const isInLine = `${request?.cut === false ? request.text : ''}${query}`.match(/•|%E2%80%A2/i) !== null;
  return masked && isInLine ? 'A secret is masked: write it where •••• stands.' : '';
}

/** What kinds of calls need besides the rest. The first that fits is taken. */
type Kind = { ask: RegExp; words: readonly string[]; note: string };

const PIECES =
  'Each piece of output begins with 8 bytes that say which stream it is, unless it is a terminal.';

const KINDS: readonly Kind[] = [
  {
    ask: /^GET .*(?:\/export|\/images\/(?:.+\/)?get|\/archive)$/,
    words: ['-o', 'archive.tar'],
    note: 'The answer goes into archive.tar.',
  },
  { ask: /^GET .*\/logs$/, words: ['--output', '-'], note: PIECES },
  {
    ask: /^POST .*\/containers\/[^/]+\/attach$/,
    words: ['--output', '-'],
    note: `It shows the output only; keys would need an upgraded connection. ${PIECES}`,
  },
  {
    ask: /^POST .*\/exec\/[^/]+\/start$/,
    words: ['--output', '-'],
    note: `A prepared command runs once: prepare another first, and put in its id. ${PIECES}`,
  },
  {
    ask: /^POST (?:\/session|\/grpc)$/,
    words: ['-H', 'Connection: Upgrade', '-H', 'Upgrade: h2c'],
    note: 'After the upgrade it speaks gRPC, which curl does not.',
  },
  // The engine asks for the header also where nobody has to log in; this is an empty {}.
  {
    ask: /^POST .*\/images\/.+\/push$/,
    words: ['-H', 'X-Registry-Auth: e30='],
    note: 'Without a login; a registry that wants one needs another X-Registry-Auth.',
  },
];

const STREAMS =
  /^(?:GET .*\/(?:events|stats|logs)|POST .*\/(?:attach|wait|exec\/[^/]+\/start|build|push|images\/(?:create|pull|load)|session|grpc))$/;

/** It goes on for a while, and says something before its end. */
function isFollowed({ method, path, endedAfter }: WireCall): boolean {
  return endedAfter === null || STREAMS.test(`${method} ${path}`);
}

/** curl would read brackets as a pattern, a hash as its own, and would resolve dots in a path. */
function urlWords(origin: string, { version, path, query }: WireCall): string[] {
  const address = `${version === '' ? '' : `/${version}`}${path}`.replaceAll('#', '%23');
  const url = `${origin}${address}${query === '' ? '' : `?${query.replaceAll('#', '%23')}`}`;
  return [
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path) ? ['--path-as-is'] : []),
    url,
  ];
}
