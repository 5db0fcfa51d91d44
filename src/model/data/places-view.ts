import { cutEnd, padEnd } from '../fit-text.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { textLines, type OverlayView } from '../overlay-views/overlay-view.ts';
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

/** Cells for a line at 80 columns, and on the widest screen. */
const NARROWEST = 70;
const WIDEST = 96;
/** What the borders, the margins and the room for a mark take of the screen's width. */
const AROUND = 10;
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

/** Cells of the columns that share what room there is. */
type Widths = { all: number; what: number; by: number };

function widthsOn(columns: number): Widths {
  const all = Math.max(NARROWEST, Math.min(WIDEST, columns - AROUND));
  const room = all - SIZE_WIDTH - 2 - ANSWER_WIDTH * TRIALS.length;
  const what = Math.round(room * 0.72);
  return { all, what, by: room - what };
}

/** All places with data on the engine, who has them, and what they survive; the selected one in sentences. */
export const placesView = memoizeLast(
  (
    objects: Known['objects'],
    data: Known['data'],
    engine: Known['engine'],
    selected: number,
    columns: number,
  ): OverlayView => {
    const widths = widthsOn(columns);
    const places = enginePlaces({ objects, data, engine });
    const at = Math.min(selected, places.length - 1);
    const isMeasuring = data.survey?.phase === 'measuring';
    const row = (place: Place): Line => placeLine(place, widths, isMeasuring);
    const chosen = places[at];
    const top = [...stateLines(data.survey), headLine(widths)];
    const lines = [
      ...top,
      ...places.slice(0, at).map(row),
      ...(chosen === undefined ? [NOTHING] : [row(chosen), ...aboutLines(chosen, widths.all)]),
      ...places.slice(at + 1).map(row),
      EMPTY_LINE,
      ...textLines(HOW_KNOWN, 'quiet'),
    ];
    return {
      title: 'Where data lives',
      width: widths.all + 2,
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

function headLine({ what, by }: Widths): Line {
  const titles = TRIALS.map((trial) => HEADS[trial].padEnd(ANSWER_WIDTH)).join('');
  const head = `${padEnd('What', what)}${'Size'.padStart(SIZE_WIDTH)}  ${padEnd('Used by', by)}`;
  return [piece(`${head}${titles}`, 'quiet')];
}

function placeLine(place: Place, { what, by }: Widths, isMeasuring: boolean): Line {
  const users = place.users.map((c) => c.name).join(' ') || 'unused';
  return [
    piece(padEnd(cutEnd(placeWords(place), what - 1), what)),
    piece(`${sizeWords(place, isMeasuring).padStart(SIZE_WIDTH)}  `),
    piece(padEnd(cutEnd(users, by - 1), by), place.users.length === 0 ? 'warning' : 'quiet'),
    ...TRIALS.map((trial) => {
      const answer = place.survives[trial];
      const word = answer.survives === 'maybe' ? '?' : answer.survives;
      return piece(word.padEnd(ANSWER_WIDTH), answerTone(answer));
    }),
  ];
}

function aboutLines(place: Place, width: number): Line[] {
  const where = place.target === '' ? '' : ` at ${place.target}${place.writable ? '' : ' (read-only)'}`;
  const texts = [
    ...(place.name === '' ? [] : [place.name]),
    `${userWords(place.users)}${where}`,
    survivalSentence(place),
    ...reasons(place),
  ];
  return texts.flatMap((text) =>
    wrapWords(text, width - 4).map((line): Line => [piece(`    ${line}`, 'quiet')]),
  );
}
