import type { Container } from './objects.ts';

const SECOND = 1000;
const UNITS: Readonly<Record<string, number>> = {
  second: SECOND,
  minute: 60 * SECOND,
  hour: 3600 * SECOND,
  day: 86_400 * SECOND,
  week: 7 * 86_400 * SECOND,
  month: 30 * 86_400 * SECOND,
  year: 365 * 86_400 * SECOND,
};

/** `Up 5 minutes`, `Exited (0) About an hour ago`, `Restarting (1) Less than a second ago` (docker/go-units `HumanDuration`). */
const AGE = /(less than a|about an?|\d+) (second|minute|hour|day|week|month|year)s?\b/i;

/**
 * What a list says of a state only in words. Asking for each container's times would be a call for each row; the words
 * are as exact as what `docker ps` shows.
 */
export function readStatus(status: string, now: number): Pick<Container, 'since' | 'exitCode' | 'health'> {
  const age = ageIn(status);
  return { since: age === null ? null : now - age, exitCode: exitCodeIn(status), health: healthIn(status) };
}

function ageIn(status: string): number | null {
  const [, amount = '', unit = ''] = AGE.exec(status) ?? [];
  const ms = UNITS[unit.toLowerCase()];
  if (ms === undefined) return null;
  if (/^less/i.test(amount)) return 0;
  return (/^about/i.test(amount) ? 1 : Number(amount)) * ms;
}

function exitCodeIn(status: string): number | null {
  const code = /^(?:exited|restarting) \((-?\d+)\)/i.exec(status)?.[1];
  return code === undefined ? null : Number(code);
}

function healthIn(status: string): Container['health'] {
  const word = /\((?:health: )?(starting|healthy|unhealthy)\)/i.exec(status)?.[1]?.toLowerCase();
  return word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : null;
}
