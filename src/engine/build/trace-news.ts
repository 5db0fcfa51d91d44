import { cleanText } from '../clean-text.ts';
import { lineJoiner, type LineJoiner } from '../line-joiner.ts';
import type { BuildNews, StepPlace } from './build.ts';
import { readTrace, type Vertex, type VertexLog } from './trace.ts';

/** `[base 2/3] COPY a /b`, `[2/3] COPY a /b`; with several platforms, `[linux/amd64 base 2/3] …`. */
const STEP = /^\[(?:(?:\S+ )*(\S+) )?(\d+)\/(\d+)\] (.*)$/;
const METADATA = /^\[internal\] load metadata for (\S+)$/;

/** Turns the traces of BuildKit into news: it repeats all it knows of a vertex whenever something changes. */
export function traceNews(): (message: Buffer) => BuildNews[] {
  const known = new Map<string, Vertex>();
  const joiners = new Map<string, LineJoiner>();
  return (message) => {
    const { vertices, logs } = readTrace(message);
    return [...vertices.flatMap(vertexNews), ...logs.flatMap(logNews)];
  };

  function vertexNews(vertex: Vertex): BuildNews[] {
    const before = known.get(vertex.digest);
    known.set(vertex.digest, vertex);
    const step = vertex.digest;
    const found = STEP.exec(vertex.name);
    if (found === null) return asideNews(vertex, before);
    const news: BuildNews[] = before === undefined ? [stepNews(step, found)] : [];
    if (vertex.startedAt !== null && before?.startedAt == null && !vertex.cached)
      news.push({ news: 'began', step });
    if (vertex.completedAt !== null && vertex.completedAt !== before?.completedAt) {
      const took = vertex.startedAt === null ? null : vertex.completedAt - vertex.startedAt;
      news.push({ news: 'ended', step, took, error: vertex.error });
    }
    if (vertex.cached && before?.cached !== true) news.push({ news: 'cached', step });
    return news;
  }

  function logNews({ vertex, bytes }: VertexLog): BuildNews[] {
    if (!STEP.test(known.get(vertex)?.name ?? '')) return [];
    const joiner = joiners.get(vertex) ?? lineJoiner();
    joiners.set(vertex, joiner);
    const news: BuildNews[] = [];
    joiner.push(bytes, false, (line) => {
      const text = line.toString();
      // What a progress bar has drawn over is not seen by anybody.
      const last = cleanText(text.slice(text.lastIndexOf('\r') + 1)).trimEnd();
      if (last !== '') news.push({ news: 'said', step: vertex, line: last });
    });
    return news;
  }
}

function asideNews(vertex: Vertex, before: Vertex | undefined): BuildNews[] {
  const from = vertex.error === '' ? undefined : METADATA.exec(vertex.name)?.[1];
  if (from !== undefined) return [{ news: 'blamed', from }];
  return before === undefined ? [{ news: 'aside', line: vertex.name }] : [];
}

function stepNews(step: string, [, stage, number, of, instruction = '']: RegExpExecArray): BuildNews {
  const place: StepPlace = { stage: stage ?? 0, number: Number(number), of: Number(of) };
  return { news: 'step', step, instruction, place };
}
