import type { EngineFamily } from '../engine/engine.ts';

/** One way to an engine that was tried, in one line. */
export type RouteLine = {
  label: string;
  host: string;
  ok: boolean;
  /** Where `ok`: family and version; else why it did not work. */
  text: string;
  family: EngineFamily | null;
};

/** What Slipway can do where no engine answers. */
export type Offer =
  /** `way`: how it would be started, as `podman without root`. */
  | { kind: 'sandbox'; way: string }
  /** `command` is what will be run, shown before it is asked for. */
  | { kind: 'install'; command: string }
  /** Nothing that can be done from here; the text says what the person can do. */
  | { kind: 'advice'; text: string };

/** The way to an engine, until one is on screen; also while another one is being chosen. */
export type ConnectState =
  | { phase: 'searching'; reports: readonly RouteLine[]; offer: Offer | null; problem: Problem | null }
  | {
      phase: 'none';
      reports: readonly RouteLine[];
      offer: Offer | null;
      problem: Problem | null;
      advice: readonly string[];
      retryAt: number;
    }
  | {
      phase: 'choosing';
      reports: readonly RouteLine[];
      offer: Offer | null;
      problem: Problem | null;
      selected: number;
    }
  | { phase: 'working'; title: string; lines: readonly string[]; startedAt: number }
  | { phase: 'done' };

export type Problem = { text: string; advice: string };

export type ConnectEvent =
  | { type: 'engine-search-started' }
  | { type: 'engines-found'; reports: readonly RouteLine[]; offer: Offer | null }
  | {
      type: 'no-engine-found';
      reports: readonly RouteLine[];
      offer: Offer | null;
      advice: readonly string[];
      retryAt: number;
    }
  | { type: 'choice-moved'; by: number }
  | { type: 'work-started'; title: string; at: number }
  | { type: 'work-progressed'; line: string }
  | { type: 'work-failed'; problem: Problem };

/** Lines of an installation's output that are kept for the screen. */
const LINES_KEPT = 200;

export function reduceConnect(connect: ConnectState, event: ConnectEvent): ConnectState {
  const problem = 'problem' in connect ? connect.problem : null;
  switch (event.type) {
    case 'engine-search-started':
      // What is offered stays while all ways are tried again: a key pressed meanwhile means what is on screen.
      if (connect.phase === 'none') return connect;
      return {
        phase: 'searching',
        reports: 'reports' in connect ? connect.reports : [],
        offer: null,
        problem,
      };
    case 'engines-found':
      return { phase: 'choosing', reports: event.reports, offer: event.offer, problem, selected: 0 };
    case 'no-engine-found': {
      const { reports, offer, advice, retryAt } = event;
      return { phase: 'none', reports, offer, advice, retryAt, problem };
    }
    case 'choice-moved':
      return connect.phase === 'choosing' ? { ...connect, selected: moved(connect, event.by) } : connect;
    case 'work-started':
      return { phase: 'working', title: event.title, lines: [], startedAt: event.at };
    case 'work-progressed':
      return connect.phase === 'working'
        ? { ...connect, lines: [...connect.lines, event.line].slice(-LINES_KEPT) }
        : connect;
    case 'work-failed':
      return { phase: 'searching', reports: [], offer: null, problem: event.problem };
  }
}

/** What can be chosen: the engines that answered, then the offer. */
export function choices(connect: ConnectState): readonly (RouteLine | Offer)[] {
  if (connect.phase !== 'choosing' && connect.phase !== 'none') return [];
  const engines: (RouteLine | Offer)[] = connect.reports.filter((r) => r.ok);
  return connect.offer === null || connect.offer.kind === 'advice' ? engines : [...engines, connect.offer];
}

function moved(connect: Extract<ConnectState, { phase: 'choosing' }>, by: number): number {
  const last = choices(connect).length - 1;
  return Math.max(0, Math.min(last, connect.selected + by));
}
