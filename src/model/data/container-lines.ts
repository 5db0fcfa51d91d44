import type { Container } from '../../engine/objects.ts';
import { cutEnd, padEnd } from '../fit-text.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { wrapWords } from '../wrap-words.ts';
import {
  answerTone,
  HOW_KNOWN,
  placeWords,
  reasons,
  sizeWords,
  survivalSentence,
  TRIAL_TITLES,
  userWords,
} from './place-words.ts';
import { containerPlaces, type Known, type Place } from './places.ts';
import { TRIALS } from './survives.ts';

/** From this width on the table has its columns; below it each place is told in sentences. */
const TABLE_FROM = 84;
const SIZE_WIDTH = 9;
const ANSWERS_WIDTH = TRIALS.reduce((sum, trial) => sum + TRIAL_TITLES[trial].length + 2, 0);

/** Where a container has its data, and what of it survives what. */
export function containerLines(known: Known, container: Container, width: number): readonly Line[] {
  const places = containerPlaces(known, container);
  const details = known.data.containers.get(container.id);
  const say = (text: string, tone: 'quiet' | 'warning' = 'quiet'): Line[] =>
    wrapWords(text, Math.max(10, width)).map((line) => [piece(line, tone)]);
  const isMeasuring = details === undefined || details.writable === null;
  const list =
    width >= TABLE_FROM ? tableLines(places, width, isMeasuring) : plainLines(places, width, isMeasuring);
  return [
    ...(details?.autoRemove
      ? [...say('Run with --rm: it is removed as soon as it ends.', 'warning'), EMPTY_LINE]
      : []),
    ...sandboxLines(known, say),
    ...list,
    EMPTY_LINE,
    ...places.flatMap((place) => noteLines(place, container, say)),
    ...say(HOW_KNOWN),
  ];
}

function sandboxLines({ engine }: Known, say: (text: string, tone: 'warning') => Line[]): Line[] {
  if (engine?.sandbox !== 'passing') return [];
  return [...say('This engine is a sandbox: all of it goes when Slipway ends.', 'warning'), EMPTY_LINE];
}

function tableLines(places: readonly Place[], width: number, isMeasuring: boolean): Line[] {
  const room = width - SIZE_WIDTH - ANSWERS_WIDTH - 2;
  const what = Math.min(Math.ceil(room * 0.55), Math.max(...places.map((p) => placeWords(p).length)) + 2);
  const where = room - what;
  const title = (text: string): string => text.padEnd(text.length + 2);
  const head = `${padEnd('What', what)}${padEnd('Where', where)}${'Size'.padStart(SIZE_WIDTH)}  `;
  return [
    [piece('', 'quiet'), piece(' '.repeat(what + where + SIZE_WIDTH + 2) + 'survives', 'quiet')],
    [piece(head, 'quiet'), piece(TRIALS.map((trial) => title(TRIAL_TITLES[trial])).join(''), 'quiet')],
    ...places.map((place): Line => [
      piece(padEnd(cutEnd(placeWords(place), what - 1), what)),
      piece(padEnd(cutEnd(targetWords(place), where - 1), where), 'quiet'),
      piece(`${sizeWords(place, isMeasuring).padStart(SIZE_WIDTH)}  `),
      ...TRIALS.map((trial) => {
        const answer = place.survives[trial];
        return piece(answer.survives.padEnd(TRIAL_TITLES[trial].length + 2), answerTone(answer));
      }),
    ]),
  ];
}

function plainLines(places: readonly Place[], width: number, isMeasuring: boolean): Line[] {
  return places.flatMap((place) => {
    const size = sizeWords(place, isMeasuring);
    const head: Line = [
      piece(placeWords(place), 'title'),
      piece(place.kind === 'writable' ? '' : `  ${targetWords(place)}`, 'quiet'),
      piece(size === '' ? '' : `  ${size}`),
    ];
    const sentence = wrapWords(survivalSentence(place), Math.max(10, width - 2));
    return [head, ...sentence.map((text): Line => [piece(`  ${text}`)])];
  });
}

const targetWords = ({ target, writable }: Place): string => (writable ? target : `${target} (read-only)`);

/** Why it does not survive, and who else has it. */
function noteLines(place: Place, container: Container, say: (text: string) => Line[]): Line[] {
  const others = place.users.filter((c) => c.id !== container.id);
  const shared = others.length === 0 ? [] : [`also in ${userWords(others)}`];
  const notes = [...shared, ...reasons(place)];
  return notes.flatMap((note) => say(`${placeWords(place)}: ${note}`));
}
