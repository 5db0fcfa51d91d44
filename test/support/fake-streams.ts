import { fail, json } from './fake-hub.ts';
import type { Exchange } from './fake-hub.ts';
import type { FakeLogLine, RawRow } from './fake-state.ts';

export function watch({ hub, response }: Exchange): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  hub.watchers.add(response);
  response.on('close', () => hub.watchers.delete(response));
}

export function logs({ hub, response, id, query }: Exchange): void {
  const lines = hub.state.logs.get(id);
  if (lines === undefined) return fail(response, 404, `No such container: ${id}`);
  const tail = Number(query.get('tail') ?? 'Infinity');
  const send = (line: FakeLogLine): void => void response.write(frame(line));
  response.writeHead(200);
  for (const line of tail === 0 ? [] : lines.slice(-tail)) send(line);
  if (query.get('follow') !== 'true') return void response.end();
  const readers = hub.readers.get(id) ?? new Set();
  hub.readers.set(id, readers.add(send));
  response.on('close', () => readers.delete(send));
}

function frame({ at, stream, text: said }: FakeLogLine): Buffer {
  const payload = Buffer.from(`${at} ${said}\n`);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream === 'stderr' ? 2 : 1, 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

const STATS_EVERY = 1000;

/** Half a core, forty megabytes. */
export function stats({ hub, response, id, query }: Exchange): void {
  const isRunning = (): boolean => hub.state.containers.get(id)?.['State'] === 'running';
  if (query.get('stream') === 'false') return json(response, sample(isRunning()));
  response.writeHead(200, { 'content-type': 'application/json' });
  const send = (): void => void response.write(`${JSON.stringify(sample(isRunning()))}\n`);
  send();
  const timer = setInterval(send, STATS_EVERY);
  response.on('close', () => clearInterval(timer));
}

function sample(isRunning: boolean): RawRow {
  if (!isRunning) return { read: '0001-01-01T00:00:00Z', cpu_stats: {}, memory_stats: {} };
  const now = Date.now();
  return {
    read: new Date(now).toISOString(),
    pids_stats: { current: 3 },
    cpu_stats: { cpu_usage: { total_usage: now * 500_000 }, system_cpu_usage: now * 2e6, online_cpus: 2 },
    memory_stats: { usage: 50_000_000, limit: 8_000_000_000, stats: { inactive_file: 10_000_000 } },
    networks: { eth0: { rx_bytes: 1000, tx_bytes: 2000 } },
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: 'read', value: 5 },
        { op: 'Write', value: 6 },
      ],
    },
  };
}
