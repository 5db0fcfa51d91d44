import type { ContainerIs } from '../check.ts';
import type { ContainerFacts } from '../world.ts';
import { exitCodeText } from './exit-code-text.ts';
import { found, type Finding } from './finding.ts';
import { piece } from './plain-text.ts';

/** Words of podman, and of people, for Docker's. */
const SYNONYMS: Readonly<Record<string, string>> = {
  stopped: 'exited',
  stopping: 'running',
  up: 'running',
  configured: 'created',
  initialized: 'created',
};

const NEVER_ENDED: ReadonlySet<string> = new Set(['running', 'paused']);

export function sameState(one: string, other: string): boolean {
  return stateOf(one) === stateOf(other);
}

function stateOf(text: string): string {
  const word = text.trim().toLowerCase();
  return (Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word] : undefined) ?? word;
}

/** Everything asked of it is so. */
export function isSo(wanted: Partial<ContainerIs>, container: ContainerFacts): boolean {
  return (
    (wanted.state === undefined || sameState(wanted.state, container.state)) &&
    (wanted.exitCode === undefined || (hasEnded(container) && wanted.exitCode === container.exitCode)) &&
    (wanted.oomKilled === undefined || wanted.oomKilled === container.oomKilled) &&
    (wanted.restartCount === undefined || wanted.restartCount === container.restartCount) &&
    (wanted.health === undefined || healthOf(wanted.health) === healthOf(container.health))
  );
}

/** The engine says 0 of a container that runs, or has never run; that is not how it ended. */
function hasEnded({ state, exitCode }: ContainerFacts): boolean {
  return !NEVER_ENDED.has(state) && (state !== 'created' || exitCode !== 0);
}

function healthOf(word: string): string {
  return word === 'none' ? '' : word;
}

export function judgeIs(wanted: Partial<ContainerIs>, container: ContainerFacts): Finding {
  return found(isSo(wanted, container), wantedText(wanted), actualText(wanted, container));
}

function wantedText({ state, exitCode, oomKilled, restartCount, health }: Partial<ContainerIs>): string {
  return [
    ...(state === undefined ? [] : [stateOf(state)]),
    ...(exitCode === undefined ? [] : [exitCodeText(exitCode)]),
    ...(oomKilled === undefined ? [] : [memoryText(oomKilled)]),
    ...(restartCount === undefined ? [] : [restartsText(restartCount)]),
    ...(health === undefined ? [] : [healthText(health)]),
  ].join(', ');
}

function actualText(wanted: Partial<ContainerIs>, container: ContainerFacts): string {
  return [
    stateText(container),
    ...(wanted.oomKilled === undefined ? [] : [memoryText(container.oomKilled)]),
    ...(wanted.restartCount === undefined ? [] : [restartsText(container.restartCount)]),
    ...(wanted.health === undefined ? [] : [healthText(container.health)]),
  ].join(', ');
}

/** `running`, or `exited, exit code 137 (killed)`. */
export function stateText(container: ContainerFacts): string {
  const state = piece(container.state);
  return hasEnded(container) ? `${state}, ${exitCodeText(container.exitCode)}` : state;
}

const memoryText = (isKilled: boolean): string =>
  isKilled ? 'killed for lack of memory' : 'not killed for lack of memory';
const restartsText = (count: number): string =>
  `restarted ${count === 1 ? 'once' : `${count} times`} by its policy`;
const healthText = (health: string): string =>
  healthOf(health) === '' ? 'no health check' : `health ${piece(health)}`;
