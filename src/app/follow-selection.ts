import type { Engine, LogLine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Kind } from '../engine/objects.ts';
import { selectFolderSubject } from '../model/files/files-subject.ts';
import { selectInspectSubject, selectLogSubject, selectStatsSubjects } from '../model/select-subjects.ts';
import { readFolder } from './files/read-folder.ts';
import { createSampleBuffer, followStats } from './follow-stats.ts';
import { keepInStep, SETTLE } from './keep-in-step.ts';
import type { ProgramStore } from './program-store.ts';

/** Lines of a log that are read when it is opened; more would make opening slow (measured: 1,000 take 27 ms). */
const LOG_TAIL = 1_000;
/** New log lines reach the screen this often, in milliseconds; the first after a pause at once. */
const LOG_FLUSH = 40;
/** A log that has sent nothing for this long after it was opened is empty so far. */
const LOG_QUIET = 400;

/** Opens and closes the streams and readings that the screen needs: the log, the details, what is in use. */
export function followSelection(
  engine: Engine,
  store: ProgramStore,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): void {
  const options = { signal, onError, settle: SETTLE };
  keepInStep(store, selectLogSubject, (id, s) => followLog(engine, store, id.split(' ')[0]!, s), options);
  keepInStep(store, selectInspectSubject, (key, s) => readInspect(engine, store, key, s), options);
  keepInStep(store, selectFolderSubject, (key, s) => readFolder(engine, store, key, s), options);
  const samples = createSampleBuffer(store, signal);
  keepInStep(store, selectStatsSubjects, (key, s) => followStats(engine, samples, key, s), options);
}

async function followLog(
  engine: Engine,
  store: ProgramStore,
  container: string,
  signal: AbortSignal,
): Promise<void> {
  store.dispatch({ type: 'log-opened', container });
  const buffer = createLineBuffer(
    (lines) => store.dispatch({ type: 'log-arrived', container, lines }),
    signal,
  );
  // dockerd sends nothing, not even headers, until there is a first line: silence means that there is none yet.
  const quiet = setTimeout(() => store.dispatch({ type: 'log-arrived', container, lines: [] }), LOG_QUIET);
  let why = '';
  try {
    for await (const lines of engine.logs(container, { tail: LOG_TAIL, follow: true, signal }))
      buffer.add(lines);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof EngineError)) throw error;
    why = error.message;
  } finally {
    clearTimeout(quiet);
  }
  buffer.flush();
  if (!signal.aborted) store.dispatch({ type: 'log-ended', container, why });
}

type LineBuffer = { add: (lines: readonly LogLine[]) => void; flush: () => void };

/** Gathers lines for a frame: the first go through at once, what follows within `LOG_FLUSH` goes together. */
function createLineBuffer(deliver: (lines: readonly LogLine[]) => void, signal: AbortSignal): LineBuffer {
  let pending: LogLine[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    if (signal.aborted || pending.length === 0) return;
    const lines = pending;
    pending = [];
    deliver(lines);
  };
  const onTimer = (): void => {
    timer = pending.length > 0 && !signal.aborted ? setTimeout(onTimer, LOG_FLUSH) : undefined;
    flush();
  };
  return {
    add(lines) {
      for (const line of lines) pending.push(line);
      if (timer !== undefined) return;
      flush();
      timer = setTimeout(onTimer, LOG_FLUSH);
    },
    flush,
  };
}

/** An answer that comes when something else is selected already must not take its place. */
async function readInspect(
  engine: Engine,
  store: ProgramStore,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const [kind, id] = splitSubject(key);
  store.dispatch({ type: 'inspect-asked', of: key });
  try {
    const value = await engine.inspect(kind, id);
    if (!signal.aborted) store.dispatch({ type: 'inspect-read', of: key, value });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (!signal.aborted) store.dispatch({ type: 'inspect-failed', of: key, why: error.message });
  }
}

/** `container abc 17`: kind, id, and a revision that changes when the item does. */
function splitSubject(key: string): [Kind, string] {
  const [kind = '', id = ''] = key.split(' ');
  return [kind as Kind, id];
}
