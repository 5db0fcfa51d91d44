import { humanSize } from '../../engine/human-size.ts';
import type { ContainerFacts } from '../world.ts';
import { found, type Finding } from './finding.ts';

const MEBIBYTE = 1024 * 1024;

export function judgeLimits(wanted: { memory?: number; pids?: number }, container: ContainerFacts): Finding {
  const { memory, pids } = wanted;
  const holds =
    (memory === undefined || memory === container.memoryLimit) &&
    (pids === undefined || pids === container.pidsLimit);
  const told = (memoryLimit: number, pidsLimit: number): string =>
    [
      ...(memory === undefined ? [] : [memoryText(memoryLimit)]),
      ...(pids === undefined ? [] : [pidsText(pidsLimit)]),
    ].join(', ');
  return found(holds, told(memory ?? 0, pids ?? 0), told(container.memoryLimit, container.pidsLimit));
}

/** `-m 8m` are mebibytes: 8 MiB is nearer to what was typed than 8.4 MB. */
function memoryText(bytes: number): string {
  if (bytes === 0) return 'no limit of memory';
  const size = bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MiB` : humanSize(bytes);
  return `at most ${size} of memory`;
}

function pidsText(count: number): string {
  return count === 0 ? 'no limit of processes' : `at most ${count} processes`;
}
