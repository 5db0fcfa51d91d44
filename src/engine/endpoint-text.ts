import type { Endpoint } from './endpoint.ts';
import { UsageError } from './routes/usage-error.ts';

/** Certificates as PEM text, for hosts of the form `tcp://`. */
export type TlsSettings = { ca: string | null; cert: string | null; key: string | null; verify: boolean };

export type HostContext = {
  /** Where the text came from, named in the error: `--host`, `DOCKER_HOST`, … */
  from: string;
  tls?: TlsSettings | null;
};

const FORMS = [
  'Valid forms: unix:///var/run/docker.sock · tcp://HOST:2375 · ssh://USER@HOST · npipe:////./pipe/docker_engine',
];

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

type Parts = { text: string; rest: string; context: HostContext };

const SCHEMES: Record<string, (parts: Parts) => Endpoint> = {
  unix: parseUnix,
  npipe: parsePipe,
  tcp: parseTcp,
  ssh: parseSsh,
};

/** Reads a host as docker and podman write it. Throws `UsageError`, which names where the text came from. */
export function parseHost(text: string, context: HostContext = { from: '--host' }): Endpoint {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text.trim());
  const scheme = match?.[1]?.toLowerCase() ?? '';
  const parse = SCHEMES[scheme];
  if (!match || !parse) throw bad(text, context, whatIsMissing(text.trim(), scheme));
  return parse({ text, rest: match[2] ?? '', context });
}

/** The inverse of `parseHost`, as the person would write it; TLS shows as `tcp://`, as docker does it. */
export function formatHost(endpoint: Endpoint): string {
  if (endpoint.via === 'unix') return `unix://${endpoint.path}`;
  if (endpoint.via === 'pipe') return `npipe://${endpoint.path.replaceAll('\\', '/')}`;
  const host = bracketed(endpoint.host);
  if (endpoint.via !== 'ssh') return `tcp://${host}:${endpoint.port}`;
  const user = endpoint.user === '' ? '' : `${encodeURIComponent(endpoint.user)}@`;
  const port = endpoint.port === null ? '' : `:${endpoint.port}`;
  return `ssh://${user}${host}${port}${encodeURI(endpoint.path)}`;
}

function parseUnix({ text, rest, context }: Parts): Endpoint {
  if (rest === '') throw bad(text, context, 'the path of the socket is missing');
  if (!rest.startsWith('/')) {
    throw bad(text, context, `the path has to be absolute, with three slashes: unix:///${rest}`);
  }
  return { via: 'unix', path: rest };
}

function parsePipe({ text, rest, context }: Parts): Endpoint {
  const path = rest.replaceAll('\\', '/');
  if (!/^\/\/[^/]+\/pipe\/[^/]+$/i.test(path)) {
    throw bad(text, context, 'a named pipe looks like npipe:////./pipe/docker_engine');
  }
  return { via: 'pipe', path: path.replaceAll('/', '\\') };
}

function parseTcp({ text, rest, context }: Parts): Endpoint {
  const tls = context.tls ?? null;
  const url = parseUrl(`tcp://${rest}`, text, context);
  if (url.username !== '' || (url.pathname !== '' && url.pathname !== '/') || url.search !== '') {
    throw bad(text, context, 'only a host and a port can stand after tcp://');
  }
  const host = unbracketed(url.hostname);
  const port = url.port === '' ? (tls === null ? PLAIN_PORT : TLS_PORT) : Number(url.port);
  return tls === null ? { via: 'tcp', host, port } : { via: 'tls', host, port, ...tls };
}

function parseSsh({ text, rest, context }: Parts): Endpoint {
  const url = parseUrl(`ssh://${rest}`, text, context);
  if (url.password !== '') {
    throw bad(concealed(text), context, 'a password cannot stand here; use a key or an ssh agent');
  }
  if (url.search !== '' || url.hash !== '') {
    throw bad(text, context, 'only USER@HOST:PORT/PATH can stand after ssh://');
  }
  return {
    via: 'ssh',
    user: decodeURIComponent(url.username),
    host: unbracketed(url.hostname),
    port: url.port === '' ? null : Number(url.port),
    path: url.pathname === '/' ? '' : decodeURI(url.pathname),
  };
}

function parseUrl(address: string, text: string, context: HostContext): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) throw bad(concealed(text), context, 'the host or the port in it cannot be read');
  if (url.hostname === '') throw bad(concealed(text), context, 'the name of the host is missing');
  if (url.port === '0') throw bad(text, context, 'the port has to be 1 to 65535');
  return url;
}

function whatIsMissing(text: string, scheme: string): string {
  if (text === '') return 'it is empty';
  if (scheme === 'fd') return 'fd:// is for the daemon itself; name its socket with unix://';
  if (scheme === 'http' || scheme === 'https') {
    return `write tcp:// in place of ${scheme}://${scheme === 'https' ? ', and set DOCKER_TLS_VERIFY=1' : ''}`;
  }
  if (scheme !== '') return `“${scheme}://” is not a way to an engine`;
  if (text.startsWith('/')) return `write unix:// before the path: unix://${text}`;
  if (/^\[?[\w.:-]+\]?:\d+$/.test(text)) return `write tcp:// before it: tcp://${text}`;
  if (/^[\w.-]+@[\w.-]+$/.test(text)) return `write ssh:// before it: ssh://${text}`;
  return 'it is not a URL';
}

function bad(text: string, context: HostContext, why: string): UsageError {
  const shown = text.trim() === '' ? '' : `: “${text.trim()}”`;
  return new UsageError(context.from, `${context.from} is not an engine's address${shown}: ${why}.`, FORMS);
}

/** Errors are shown on screens and kept in logs: a password in them is not. */
function concealed(text: string): string {
  return text.replace(/(\/\/[^:@/]*):[^@/]*@/, '$1:…@');
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function unbracketed(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host;
}
