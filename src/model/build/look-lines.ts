import { humanSize } from '../../engine/human-size.ts';
import type { Form } from '../forms.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';
import { memoizeLast } from '../memoize.ts';
import { textLines } from '../overlay-views/overlay-view.ts';
import type { ContextFacts, ContextLook, LargeThing } from './build-state.ts';

/** From here on a folder that leaves nothing out is worth a word, in bytes. */
const LARGE = 50_000_000;
const NOTHING: readonly Line[] = [];

/** What is known of the folder in a build's form: what would be sent, and what is left out. */
export const lookLines = memoizeLast((form: Form, look: ContextLook | null): readonly Line[] => {
  if (form.purpose.kind !== 'build' || look === null) return NOTHING;
  switch (look.phase) {
    case 'looking':
      return [
        EMPTY_LINE,
        [piece(`… looking: ${files(look.files)}, ${humanSize(look.bytes)} so far`, 'quiet')],
      ];
    case 'failed':
      return [EMPTY_LINE, ...textLines(`! ${look.why}`, 'bad'), ...textLines(look.advice, 'plain')];
    case 'read':
      return [EMPTY_LINE, ...factLines(look.context)];
  }
});

function factLines(facts: ContextFacts): Line[] {
  const { leftOut, ignoreFile, unsendable, isCut } = facts;
  const more = isCut ? 'more than ' : '';
  const lines: Line[] = [
    [piece('Sent       '), piece(`  ${more}${files(facts.files)}, ${humanSize(facts.bytes)}`, 'accent')],
  ];
  if (facts.bytes >= LARGE) lines.push(largestLine(facts.largest));
  if (leftOut.files > 0) {
    const counted = `${files(leftOut.files)}, ${humanSize(leftOut.bytes)}, by ${ignoreFile}`;
    lines.push([piece('Left out   '), piece(`  ${more}${counted}`, 'accent')], largestLine(leftOut.largest));
  } else if (ignoreFile !== '')
    lines.push([piece(`Left out     nothing that is there, by ${ignoreFile}`, 'quiet')]);
  if (ignoreFile === '' && (facts.bytes >= LARGE || isCut))
    lines.push(
      ...textLines(
        '! There is no .dockerignore: all of it goes to the engine. Name in one what the image does not need.',
        'warning',
      ),
    );
  if (unsendable.length > 0)
    lines.push(...textLines(`Not sent, as no archive can hold it: ${unsendable.join(', ')}`, 'warning'));
  return lines;
}

function largestLine(largest: readonly LargeThing[]): Line {
  const named = largest.map(({ path, bytes }) => `${path} ${humanSize(bytes)}`).join(', ');
  return [piece(`             ${named}`, 'quiet')];
}

const files = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`;
