import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import { FEATURES, STEP_KINDS, type Block, type Feature, type Step } from '../lesson.ts';
import { gatherBlocks, type Gathered } from './parse-blocks.ts';
import { ID, ID_FORM } from './parse-ids.ts';
import { cutMarkdown, type Piece } from './parse-markdown.ts';
import type { Complain } from './parse-problems.ts';

/** `## Leave a note {#note .reading needs:compose}` */
export type Heading = Pick<Step, 'id' | 'kind' | 'needs' | 'title' | 'line'>;
/** A step's pieces; those before the first heading have none. */
export type Section = { heading: Heading | null; pieces: readonly Piece[] };

const MOST_STEPS = 30;
const MOST_PIECES = 400;

/** Cuts the Markdown of a lesson into its intro and its steps; null where it is not fit to be read. */
export function cutSections(body: string, firstLine: number, complain: Complain): Section[] | null {
  const pieces = cutMarkdown(body, firstLine, complain);
  if (pieces === null) return null;
  if (pieces.length > MOST_PIECES) {
    complain(firstLine, `there are too many blocks: ${pieces.length}, at most ${MOST_PIECES}`);
    return null;
  }
  const sections: { heading: Heading | null; pieces: Piece[] }[] = [{ heading: null, pieces: [] }];
  for (const piece of pieces) {
    if (piece.kind === 'heading') sections.push({ heading: readHeading(piece, complain), pieces: [] });
    else sections.at(-1)?.pieces.push(piece);
  }
  if (sections.length > MOST_STEPS) complain(firstLine, `there are too many steps: at most ${MOST_STEPS}`);
  return sections.slice(0, MOST_STEPS);
}

function readHeading({ text, line }: { text: string; line: number }, complain: Complain): Heading {
  const at = text.lastIndexOf('{');
  const hasMarks = at >= 0 && text.endsWith('}') && text[at - 1] !== '{';
  const marks = hasMarks
    ? text
        .slice(at + 1, -1)
        .trim()
        .split(/\s+/)
    : [];
  const title = (hasMarks ? text.slice(0, at) : text).trim();
  if (title === '') complain(line, 'this step has no title');
  const needs = readNeeds(marks, line, complain);
  const kind = readKind(
    marks.filter((mark) => !mark.startsWith(NEEDS)),
    line,
    complain,
  );
  return { id: readId(marks, line, complain), kind, ...(needs && { needs }), title, line };
}

const NEEDS = 'needs:';

function readNeeds(marks: readonly string[], line: number, complain: Complain): Feature | undefined {
  const word = marks.find((mark) => mark.startsWith(NEEDS))?.slice(NEEDS.length);
  const known = FEATURES.find((feature) => feature === word);
  if (word !== undefined && known === undefined)
    complain(
      line,
      `a step can need ${FEATURES.join(', ')}, and not “${word}”${didYouMeanHint(word, FEATURES)}`,
    );
  return known;
}

function readId(marks: readonly string[], line: number, complain: Complain): string {
  const id = marks.find((mark) => mark.startsWith('#'))?.slice(1) ?? '';
  if (id === '') complain(line, 'a step needs an id after its title, such as {#leave-a-note}');
  else if (!ID.test(id)) complain(line, `“${id}” cannot be the id of a step: it has to be ${ID_FORM}`);
  return id;
}

function readKind(marks: readonly string[], line: number, complain: Complain): Step['kind'] {
  let kind: Step['kind'] = 'task';
  for (const mark of marks.filter((each) => !each.startsWith('#'))) {
    const known = STEP_KINDS.find((each) => `.${each}` === mark);
    if (known !== undefined) kind = known;
    else
      complain(
        line,
        `“${mark}” is no kind of step (${STEP_KINDS.map((each) => `.${each}`).join(' ')})${didYouMeanHint(mark, STEP_KINDS)}`,
      );
  }
  return kind;
}

/** The steps without what stands in other files. */
export function parseSteps(
  sections: readonly Section[],
  complain: Complain,
): { intro: readonly Block[]; steps: readonly Step[] } {
  const intro = gatherBlocks(sections[0]?.pieces ?? [], 'intro', complain);
  refuseInIntro(intro, complain);
  const steps = sections.flatMap(({ heading, pieces }): Step[] => {
    if (heading === null) return [];
    const gathered = gatherBlocks(pieces, heading.id, complain);
    return [{ ...heading, ...gathered }];
  });
  if (steps.length === 0)
    complain(1, 'there is no step: each begins with a line such as ## Leave a note {#note}');
  return { intro: intro.blocks, steps };
}

function refuseInIntro({ blocks, checks, hints, solution }: Gathered, complain: Complain): void {
  const isMisplaced = checks.length > 0 || hints.length > 0 || solution.length > 0;
  if (isMisplaced)
    complain(
      blocks[0]?.line ?? null,
      'checks, hints and solutions belong to a step: below a ## heading, not before the first',
    );
}
