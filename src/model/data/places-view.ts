import { cutEnd, padEnd } from '../fit-text.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { TEXT_WIDTH, textLines, type OverlayView } from '../overlay-views/overlay-view.ts';
import { wrapWords } from '../wrap-words.ts';
import {
  answerTone,
  HOW_KNOWN,
  placeWords,
  reasons,
  sizeWords,
  survivalSentence,
  userWords,
} from './place-words.ts';
import { enginePlaces, type Known, type Place } from './places.ts';
import { TRIALS, type Trial } from './survives.ts';

const WIDTH = 76;
const SIZE_WIDTH = 8;
const HEADS: Readonly<Record<Trial, string>> = {
  stop: 'stop',
  restart: 'rest',
  rm: 'rm',
  'rm -v': 'rm-v',
  'engine restart': 'eng',
  'host reboot': 'boot',
};
const ANSWER_WIDTH = 5;
const WHAT_WIDTH = 24;
const BY_WIDTH = WIDTH - WHAT_WIDTH - SIZE_WIDTH - ANSWER_WIDTH * TRIALS.length - 4;

/** All places with data on the engine, who has them, and what they survive; the selected one in sentences. */
export const placesView = memoizeLast(
  (
    objects: Known['objects'],
    data: Known['data'],
    engine: Known['engine'],
    selected: number,
  ): OverlayView => {
    const places = enginePlaces({ objects, data, engine });
    const at = Math.min(selected, places.length - 1);
    const isMeasuring = data.survey?.phase === 'measuring';
    const row = (place: Place): Line => placeLine(place, isMeasuring);
    const chosen = places[at];
    const top = [...stateLines(data.survey), headLine()];
    const lines = [
      ...top,
      ...places.slice(0, at).map(row),
      ...(chosen === undefined ? [NOTHING] : [row(chosen), ...aboutLines(chosen)]),
      ...places.slice(at + 1).map(row),
      EMPTY_LINE,
      ...textLines(HOW_KNOWN, 'quiet'),
    ];
    return {
      title: 'Where data lives',
      width: WIDTH,
      lines,
      selected: chosen === undefined ? -1 : top.length + at,
      scroll: 0,
      cursor: null,
    };
  },
);

const NOTHING: Line = [piece('There is no data here: no container and no volume.', 'quiet')];

/** Nothing once all is measured. */
export function stateLines(survey: Known['data']['survey']): Line[] {
  if (survey?.phase === 'measuring')
    return [[piece('Measuring … (the engine walks through all files)', 'warning')]];
  if (survey?.phase === 'failed') return textLines(`Sizes could not be measured: ${survey.why}`, 'bad');
  return [];
}

function headLine(): Line {
  const titles = TRIALS.map((trial) => HEADS[trial].padEnd(ANSWER_WIDTH)).join('');
  const head = `${padEnd('What', WHAT_WIDTH)}${'Size'.padStart(SIZE_WIDTH)}  ${padEnd('Used by', BY_WIDTH)}`;
  return [piece(`${head}${titles}`, 'quiet')];
}

function placeLine(place: Place, isMeasuring: boolean): Line {
  const users = place.users.map((c) => c.name).join(' ') || 'unused';
  return [
    piece(padEnd(cutEnd(placeWords(place), WHAT_WIDTH - 1), WHAT_WIDTH)),
    piece(`${sizeWords(place, isMeasuring).padStart(SIZE_WIDTH)}  `),
    piece(padEnd(cutEnd(users, BY_WIDTH - 1), BY_WIDTH), place.users.length === 0 ? 'warning' : 'quiet'),
    ...TRIALS.map((trial) => {
      const answer = place.survives[trial];
      const word = answer.survives === 'maybe' ? '?' : answer.survives;
      return piece(word.padEnd(ANSWER_WIDTH), answerTone(answer));
    }),
  ];
}

function aboutLines(place: Place): Line[] {
  const where = place.target === '' ? '' : ` at ${place.target}${place.writable ? '' : ' (read-only)'}`;
  const texts = [
    ...(place.name === '' ? [] : [place.name]),
    `${userWords(place.users)}${where}`,
    survivalSentence(place),
    ...reasons(place),
  ];
  return texts.flatMap((text) =>
    wrapWords(text, TEXT_WIDTH - 4).map((line): Line => [piece(`    ${line}`, 'quiet')]),
  );
}
