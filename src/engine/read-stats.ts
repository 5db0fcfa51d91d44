import type { StatsSample } from './engine.ts';
import * as field from './fields.ts';
import type { Row } from './fields.ts';

/** A sample as the engine counts: everything since the container started. */
export type StatsReading = {
  at: number;
  /** Time on any core since the container started, ns. */
  cpuTotal: number;
  rest: Omit<StatsSample, 'at' | 'cpuPercent'>;
};

/** In a millisecond. */
const NANOSECONDS = 1e6;
/** Cgroup v1 writes “no limit” as the largest page-aligned number. */
const NO_LIMIT = 2 ** 60;

/** One answer of `GET /containers/ID/stats`; null when the container does not run (its time is Go's zero then). */
export function readStats(value: unknown, hostMemory: number): StatsReading | null {
  const raw = field.row(value, 'the sample');
  const cpu = field.optionalRow(raw['cpu_stats']);
  const at = field.time(raw, 'read');
  if (at === null) return null;
  return {
    at,
    cpuTotal: field.number(field.optionalRow(cpu['cpu_usage']), 'total_usage'),
    rest: {
      ...readMemory(field.optionalRow(raw['memory_stats']), hostMemory),
      ...readNetwork(raw),
      ...readBlocks(field.optionalRow(raw['blkio_stats'])),
      pids: field.optionalNumber(field.optionalRow(raw['pids_stats']), 'current') ?? 0,
    },
  };
}

/**
 * The load between two readings. The engine's own `precpu_stats` is empty in one-shot answers and on podman, so
 * the difference is always ours. It is measured against the clock: podman 4.3 counts only busy time in
 * `system_cpu_usage` (an idle container showed 20 % instead of 0.5 %).
 */
export function toSample(now: StatsReading, before: StatsReading | null): StatsSample {
  return { at: now.at, cpuPercent: before === null ? null : cpuPercent(now, before), ...now.rest };
}

function cpuPercent(now: StatsReading, before: StatsReading): number | null {
  const elapsed = (now.at - before.at) * NANOSECONDS;
  const used = now.cpuTotal - before.cpuTotal;
  // Restarted in between: the counters began again.
  if (elapsed <= 0 || used < 0) return null;
  return (used / elapsed) * 100;
}

/** The page cache that could be dropped is not counted, as `docker stats` does it. Podman 4.3 does not tell it. */
function readMemory(raw: Row, hostMemory: number): { memory: number; memoryLimit: number } {
  const details = field.optionalRow(raw['stats']);
  const usage = field.optionalNumber(raw, 'usage') ?? 0;
  const cache =
    field.optionalNumber(details, 'total_inactive_file') ??
    field.optionalNumber(details, 'inactive_file') ??
    0;
  const limit = field.optionalNumber(raw, 'limit') ?? 0;
  const isUnlimited = limit >= Math.min(hostMemory, NO_LIMIT);
  return { memory: cache < usage ? usage - cache : usage, memoryLimit: isUnlimited ? 0 : limit };
}

/** By interface on Docker; podman 4.3 has one entry called “network”. */
function readNetwork(raw: Row): { networkIn: number; networkOut: number } {
  const cards = Object.values(field.optionalRow(raw['networks'])).map((card) => field.row(card, 'a network'));
  return { networkIn: sum(cards, 'rx_bytes'), networkOut: sum(cards, 'tx_bytes') };
}

function readBlocks(raw: Row): { blockIn: number; blockOut: number } {
  const entries = field.list(raw, 'io_service_bytes_recursive').map((entry) => field.row(entry, 'an entry'));
  const bytes = (op: string): number =>
    sum(
      entries.filter((entry) => field.optionalText(entry, 'op').toLowerCase() === op),
      'value',
    );
  return { blockIn: bytes('read'), blockOut: bytes('write') };
}

function sum(rows: readonly Row[], key: string): number {
  return rows.reduce((total, row) => total + (field.optionalNumber(row, key) ?? 0), 0);
}
