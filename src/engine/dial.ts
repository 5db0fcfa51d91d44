import type http from 'node:http';
import type { RequestOptions } from 'node:http';
import type https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { formatHost } from './endpoint-text.ts';
import type { Endpoint } from './endpoint.ts';

/** Silence after which TCP asks whether the other machine is still there, ms. */
const TCP_KEEP_ALIVE = 30_000;
/** Idle connections kept for the next short call. */
const IDLE_SOCKETS = 4;

/** How requests reach an endpoint: what `http.request` needs to know, with connections that are kept or not. */
export type Dial = {
  /** As the person would write it in DOCKER_HOST. */
  host: string;
  endpoint: Endpoint;
  /** For short calls: a kept-alive connection. */
  kept(): RequestOptions;
  /** For long streams, and when a kept connection turned out to be stale: a connection of its own. */
  own(): RequestOptions;
  request: typeof http.request;
  close(): void;
};

/**
 * Nothing is connected before the first request. The modules are not imported: that reads all that they export, also
 * `http.WebSocket`, for which Node loads its whole fetch (28 ms of a start of 200).
 */
export async function dial(endpoint: Endpoint): Promise<Dial> {
  const way = process.getBuiltinModule(endpoint.via === 'tls' ? 'node:https' : 'node:http');
  const agent = new way.Agent({
    keepAlive: true,
    maxFreeSockets: IDLE_SOCKETS,
    keepAliveMsecs: TCP_KEEP_ALIVE,
  });
  const connections = endpoint.via === 'ssh' ? await throughSsh(endpoint, agent) : direct(endpoint, agent);
  return {
    host: formatHost(endpoint),
    endpoint,
    ...connections,
    request: way.request,
    close: () => agent.destroy(),
  };
}

type SshEndpoint = Extract<Endpoint, { via: 'ssh' }>;
type Connections = Pick<Dial, 'kept' | 'own'>;

function direct(endpoint: Exclude<Endpoint, SshEndpoint>, agent: http.Agent): Connections {
  const address = addressOf(endpoint);
  // An agent's TLS options are not inherited by `agent: false`, so they are part of the address.
  return { kept: () => ({ ...address, agent }), own: () => ({ ...address, agent: false }) };
}

/** A request's own `createConnection` counts only where it has no agent, and `agent: false` makes a new one. */
async function throughSsh(endpoint: SshEndpoint, agent: http.Agent): Promise<Connections> {
  // Loaded when needed: few people reach their engine through ssh, everybody waits for start-up.
  const { dialSsh } = await import('./dial-ssh.ts');
  const createConnection = (): Duplex => dialSsh(endpoint);
  agent.createConnection = createConnection;
  return { kept: () => ({ agent }), own: () => ({ createConnection }) };
}

function addressOf(endpoint: Exclude<Endpoint, SshEndpoint>): RequestOptions & https.RequestOptions {
  if (endpoint.via === 'tls') return tlsAddress(endpoint);
  if (endpoint.via === 'tcp') return { host: endpoint.host, port: endpoint.port };
  return { socketPath: endpoint.path };
}

export function tlsAddress(endpoint: Extract<Endpoint, { via: 'tls' }>): ConnectionOptions {
  return {
    host: endpoint.host,
    port: endpoint.port,
    // Else Node takes the name to check from the Host header, which is not the machine's; SNI allows no addresses.
    servername: isIP(endpoint.host) === 0 ? endpoint.host : '',
    rejectUnauthorized: endpoint.verify,
    ...(endpoint.ca === null ? {} : { ca: endpoint.ca }),
    ...(endpoint.cert === null ? {} : { cert: endpoint.cert }),
    ...(endpoint.key === null ? {} : { key: endpoint.key }),
  };
}
