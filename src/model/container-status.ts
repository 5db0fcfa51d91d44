import type { Container, ContainerState } from '../engine/objects.ts';
import type { Cell } from './columns.ts';
import { upFor } from './durations.ts';

/** Whether a program runs in it, though it may be paused. */
export function isAlive(state: ContainerState): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** The mark that carries a container's state without colour. */
export function stateMark(container: Container): Cell {
  switch (container.state) {
    case 'running':
      return container.health === 'unhealthy' ? { text: '◍', tone: 'warning' } : { text: '●', tone: 'good' };
    case 'paused':
      return { text: '‖', tone: 'warning' };
    case 'restarting':
      return { text: '↻', tone: 'warning' };
    case 'created':
      return { text: '◌', tone: 'quiet' };
    case 'exited':
      return (container.exitCode ?? 0) === 0 ? { text: '○', tone: 'quiet' } : { text: '✗', tone: 'bad' };
    case 'dead':
      return { text: '✗', tone: 'bad' };
    case 'removing':
      return { text: '…', tone: 'quiet' };
    case 'unknown':
      return { text: '?', tone: 'warning' };
  }
}

/** “Up 2 min”, “Exited (1) 3 h”, “Created”: compact, and with minutes as its smallest unit. */
export function statusText(container: Container, now: number): string {
  const age = container.since === null ? '' : ` ${upFor(container.since, now)}`;
  switch (container.state) {
    case 'running':
      return container.health === null ? `Up${age}` : `Up${age} ${container.health}`;
    case 'paused':
      return `Paused${age}`;
    case 'exited':
      return `Exited (${container.exitCode ?? '?'})${age}`;
    default:
      return container.state.slice(0, 1).toUpperCase() + container.state.slice(1);
  }
}
