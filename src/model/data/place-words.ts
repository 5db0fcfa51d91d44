import { humanSize } from '../../engine/human-size.ts';
import type { Tone } from '../columns.ts';
import { namesOf } from '../actions/targets.ts';
import type { Place } from './places.ts';
import { TRIALS, type Answer, type PlaceKind, type Trial } from './survives.ts';

/** Short enough for a column. */
export const TRIAL_TITLES: Readonly<Record<Trial, string>> = {
  stop: 'stop',
  restart: 'restart',
  rm: 'rm',
  'rm -v': 'rm -v',
  'engine restart': 'engine',
  'host reboot': 'reboot',
};

/** The quiet line under every table of what survives. */
export const HOW_KNOWN =
  'stop, restart, rm, rm -v, engine restart: as the engine does it. host reboot: as an engine restart, and what is in memory is lost.';

const KIND_WORDS: Readonly<Record<PlaceKind, string>> = {
  writable: 'own layer',
  volume: 'volume',
  anonymous: 'no-name volume',
  bind: 'host’s',
  tmpfs: 'memory (tmpfs)',
  other: 'mount',
};

export function placeWords({ kind, name }: Place): string {
  if (kind === 'writable' || kind === 'tmpfs') return KIND_WORDS[kind];
  return `${KIND_WORDS[kind]} ${kind === 'anonymous' ? name.slice(0, 12) : name}`.trim();
}

/** What a place cannot be asked for is blank. */
export function sizeWords({ kind, size }: Place, isMeasuring: boolean): string {
  if (size !== null) return humanSize(size);
  const canBeKnown = kind === 'writable' || kind === 'volume' || kind === 'anonymous';
  return canBeKnown && isMeasuring ? '…' : '';
}

export const answerTone = ({ survives }: Answer): Tone =>
  survives === 'yes' ? 'good' : survives === 'no' ? 'bad' : 'warning';

/** “survives stop, restart; not rm, rm -v; maybe host reboot” */
export function survivalSentence({ survives }: Place): string {
  const which = (wanted: Answer['survives']): string =>
    TRIALS.filter((trial) => survives[trial].survives === wanted).join(', ');
  const [yes, no, maybe] = [which('yes'), which('no'), which('maybe')];
  const parts = [
    yes === '' ? 'survives nothing' : `survives ${yes}`,
    ...(no === '' || yes === '' ? [] : [`not ${no}`]),
    ...(maybe === '' ? [] : [`maybe ${maybe}`]),
  ];
  return parts.join('; ');
}

/** The reasons for what is no plain yes, each with the trials that it is of: “rm, rm -v: it is part of the container”. */
export function reasons({ kind, survives }: Place): string[] {
  const byWhy = new Map<string, Trial[]>();
  for (const trial of TRIALS) {
    const { survives: answer, why } = survives[trial];
    if (answer === 'yes' && kind !== 'anonymous') continue;
    if (why !== '') byWhy.set(why, [...(byWhy.get(why) ?? []), trial]);
  }
  return [...byWhy].map(([why, trials]) =>
    trials.length === TRIALS.length ? why : `${trials.join(', ')}: ${why}`,
  );
}

/** Who has a place: “web (running), db (exited)”. */
export function userWords(users: Place['users']): string {
  return users.length === 0 ? 'nothing uses it' : namesOf(users.map((c) => `${c.name} (${c.state})`));
}
