import { cleanText } from '../clean-text.ts';
import { protobufFields } from './protobuf-fields.ts';

/** A part of a BuildKit build. Times are milliseconds since the epoch by the engine’s clock; null for not yet. */
export type Vertex = {
  digest: string;
  name: string;
  cached: boolean;
  startedAt: number | null;
  completedAt: number | null;
  error: string;
};

export type VertexLog = { vertex: string; bytes: Buffer };
export type Trace = { vertices: Vertex[]; logs: VertexLog[] };

/**
 * What BuildKit sends as `moby.buildkit.trace`: a message `StatusResponse` of api/services/control/control.proto. What it
 * says of downloads and warnings (its fields 2 and 4) is left out.
 */
export function readTrace(message: Buffer): Trace {
  const trace: Trace = { vertices: [], logs: [] };
  for (const { number, value } of protobufFields(message)) {
    if (typeof value === 'number') continue;
    if (number === 1) trace.vertices.push(readVertex(value));
    if (number === 3) trace.logs.push(readLog(value));
  }
  return trace;
}

function readVertex(message: Buffer): Vertex {
  const vertex: Vertex = {
    digest: '',
    name: '',
    cached: false,
    startedAt: null,
    completedAt: null,
    error: '',
  };
  for (const { number, value } of protobufFields(message)) {
    if (number === 4) vertex.cached = value === 1;
    if (typeof value === 'number') continue;
    if (number === 1) vertex.digest = value.toString('latin1');
    if (number === 3) vertex.name = cleanText(value.toString());
    if (number === 5) vertex.startedAt = readTimestamp(value);
    if (number === 6) vertex.completedAt = readTimestamp(value);
    if (number === 7) vertex.error = cleanText(value.toString());
  }
  return vertex;
}

function readLog(message: Buffer): VertexLog {
  const log: VertexLog = { vertex: '', bytes: Buffer.alloc(0) };
  for (const { number, value } of protobufFields(message)) {
    if (typeof value === 'number') continue;
    if (number === 1) log.vertex = value.toString('latin1');
    if (number === 4) log.bytes = value;
  }
  return log;
}

/** google.protobuf.Timestamp: seconds, and nanoseconds beyond them. */
function readTimestamp(message: Buffer): number {
  let at = 0;
  for (const { number, value } of protobufFields(message)) {
    if (typeof value !== 'number') continue;
    if (number === 1) at += value * 1000;
    if (number === 2) at += value / 1_000_000;
  }
  return at;
}
