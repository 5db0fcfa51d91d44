import { foundWords, type Glossary, type GlossaryWord } from '../../lesson/glossary/glossary.ts';
import { cutEnd, padEnd } from '../fit-text.ts';
import type { Catalogue } from '../learn-state.ts';
import { plainText } from '../lesson-view/inline-text.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { TEXT_WIDTH, textLines, type OverlayView } from '../overlay-views/overlay-view.ts';
import type { Overlay } from '../overlays.ts';
import { glossaryLinks } from './glossary-links.ts';

type GlossaryOverlay = Extract<Overlay, { kind: 'glossary' }>;

const WIDTH = 76;
const WORD_WIDTH = 20;
const LABEL_WIDTH = 8;

/** The words that are listed now: those on the screen, or all, as far as the filter lets them through. */
export function listedWords(glossary: Glossary, { only, input }: GlossaryOverlay): Glossary {
  const wanted =
    only === null ? glossary : only.flatMap((name) => glossary.find(({ word }) => word === name) ?? []);
  return foundWords(wanted, input.text);
}

/** All words, or the entry of one. */
export const glossaryView = memoizeLast(
  (overlay: GlossaryOverlay, glossary: Glossary, catalogue: Catalogue | null): OverlayView => {
    const entry = glossary.find(({ word }) => word === overlay.open);
    return entry === undefined ? listView(overlay, glossary) : entryView(overlay, entry, catalogue);
  },
);

function listView(overlay: GlossaryOverlay, glossary: Glossary): OverlayView {
  const { input, only, selected } = overlay;
  const found = listedWords(glossary, overlay);
  const none = glossary.length === 0 ? 'Reading the words …' : 'No word has this.';
  return {
    title: only === null ? 'What the words mean' : 'Words on the screen',
    width: WIDTH,
    lines: [
      [piece('/ ', 'key'), piece(input.text)],
      EMPTY_LINE,
      ...(found.length === 0 ? [[piece(none, 'quiet')]] : found.map(wordLine)),
    ],
    selected: found.length === 0 ? -1 : selected + 2,
    scroll: 0,
    cursor: { line: 0, character: 2 + input.cursor },
  };
}

/** The first sentence tells most. */
function wordLine({ word, meaning }: GlossaryWord): Line {
  const text = plainText(meaning.replace(/(?<=[.!?]) .*$/, ''));
  return [
    piece(`${padEnd(cutEnd(word, WORD_WIDTH), WORD_WIDTH)}  `, 'title'),
    piece(cutEnd(text, TEXT_WIDTH - WORD_WIDTH - 2), 'quiet'),
  ];
}

function entryView({ link }: GlossaryOverlay, entry: GlossaryWord, catalogue: Catalogue | null): OverlayView {
  const { word, also, meaning, not } = entry;
  const links = glossaryLinks(entry, catalogue);
  const text = [
    ...textLines(plainText(meaning), 'plain'),
    ...(also.length === 0 ? [] : textLines(`Also: ${also.join(', ')}`, 'quiet')),
    ...(not.length === 0 ? [] : [EMPTY_LINE]),
    ...not.flatMap((other) =>
      textLines(plainText(`Not the same as ${other.word}: ${other.why}.`), 'warning'),
    ),
    EMPTY_LINE,
  ];
  const lines = links.map(({ label, text: to }): Line => [
    piece(label.padEnd(LABEL_WIDTH), 'quiet'),
    piece(to),
  ]);
  return {
    title: `What the words mean ── ${word}`,
    width: WIDTH,
    lines: [...text, ...lines],
    selected: links.length === 0 ? -1 : text.length + link,
    scroll: 0,
    cursor: null,
  };
}
