import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import type { Block, Lesson, Step } from '../lesson.ts';
import { fenceKind } from './parse-blocks.ts';
import { parseAlt, parseDiagram } from './parse-diagram.ts';
import { partFrontMatter, parseTranslatedFront } from './parse-front-matter.ts';
import { asMarkdown, type Piece } from './parse-markdown.ts';
import { partByRules } from './parse-parts.ts';
import type { Complain } from './parse-problems.ts';
import { parseQuestion } from './parse-question.ts';
import { cutSections, type Section } from './parse-steps.ts';
import { cleanLines } from './parse-text.ts';
import { withInner } from './parse-references.ts';

export type Translation = { language: string; text: string };

/** Kinds whose words can be said in another language; of the others a translation may only mark the place. */
const WITH_TEXTS = ['predict', 'quiz', 'note', 'myth', 'diagram'];
const PLACES = ['run', 'check', 'solution', 'only', ...WITH_TEXTS, 'hint'];

/**
 * The lesson with the texts of its translation: prose takes the place of prose, in order; a block of questions, notes,
 * myths, hints or a diagram takes the place of the one with the same id; all else is inherited.
 */
export function translate(lesson: Lesson, { language, text }: Translation, complain: Complain): Lesson {
  const parted = partFrontMatter(cleanLines(text), complain);
  if (parted === null) return lesson;
  const front = parseTranslatedFront(parted.front, complain);
  const sections = cutSections(parted.body, parted.bodyLine, complain);
  if (front === undefined || sections === null) return lesson;
  refuseUnknown(sections, lesson.steps, complain);
  const [before] = sections;
  return {
    ...lesson,
    language,
    title: front.title ?? lesson.title,
    intro:
      before === undefined
        ? lesson.intro
        : translateBlocks(lesson.intro, readTexts(before, 'intro', complain), complain),
    steps: lesson.steps.map((step) => translateStep(step, sections, complain)),
  };
}

function refuseUnknown(sections: readonly Section[], steps: readonly Step[], complain: Complain): void {
  const ids = steps.map(({ id }) => id);
  for (const { heading } of sections)
    if (heading !== null && heading.id !== '' && !ids.includes(heading.id))
      complain(heading.line, `the lesson has no step “${heading.id}”${didYouMeanHint(heading.id, ids)}`);
}

function translateStep(step: Step, sections: readonly Section[], complain: Complain): Step {
  const section = sections.find(({ heading }) => heading?.id === step.id);
  const heading = section?.heading;
  if (section === undefined || heading === null || heading === undefined) {
    complain(null, `the step “${step.id}” is not translated`, 'warning');
    return step;
  }
  const texts = readTexts(section, step.id, complain);
  if (texts.hints.length > 0 && texts.hints.length !== step.hints.length)
    complain(
      heading.line,
      `“${step.id}” has ${step.hints.length} hints, and the translation ${texts.hints.length}`,
    );
  const hints = texts.hints.length === step.hints.length ? texts.hints : step.hints;
  return {
    ...step,
    title: heading.title || step.title,
    hints,
    blocks: translateBlocks(step.blocks, texts, complain),
  };
}

type Texts = { line: number; prose: { markdown: string }[]; fences: Map<string, Fence>; hints: string[] };
type Fence = Extract<Piece, { kind: 'fence' }>;

/** The words of a section; its blocks by the ids that they have in the lesson. */
function readTexts({ heading, pieces }: Section, base: string, complain: Complain): Texts {
  const texts: Texts = { line: heading?.line ?? 1, prose: [], fences: new Map(), hints: [] };
  const counts = new Map<string, number>();
  let isWithin = false;
  for (const piece of pieces) {
    const kind = piece.kind === 'fence' ? fenceKind(piece) : '';
    if (piece.kind === 'fence' && PLACES.includes(kind)) {
      isWithin = isDivider(kind) ? false : isWithin;
      addFence(texts, piece, idOf(piece, base, counts), complain);
      continue;
    }
    const markdown =
      piece.kind === 'fence' ? asMarkdown(piece) : piece.kind === 'prose' ? piece.markdown : '';
    if (markdown.trim() === '') continue;
    const last = texts.prose.at(-1);
    if (isWithin && last !== undefined) last.markdown += `\n\n${markdown.trim()}`;
    else texts.prose.push({ markdown: markdown.trim() });
    isWithin = true;
  }
  return texts;
}

/** Hints and solutions show nothing where they stand, so prose goes on over them. */
function isDivider(kind: string): boolean {
  return kind !== 'hint' && kind !== 'solution';
}

function idOf({ info }: Fence, base: string, counts: Map<string, number>): string {
  const kind = fenceKind({ info });
  const count = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, count);
  return /#(\S+)/.exec(info)?.[1] ?? `${base}-${kind}-${count}`;
}

function addFence(texts: Texts, fence: Fence, id: string, complain: Complain): void {
  const kind = fenceKind(fence);
  if (kind === 'hint') texts.hints.push(...partByRules(fence.text));
  else if (WITH_TEXTS.includes(kind)) texts.fences.set(id, fence);
  else if (fence.text.trim() !== '')
    complain(
      fence.line,
      `${kind} is inherited from the lesson: leave it empty here, it only marks the place`,
      'warning',
    );
}

function translateBlocks(blocks: readonly Block[], texts: Texts, complain: Complain): readonly Block[] {
  const ids = blocks.flatMap(withInner).map(({ id }) => id);
  for (const [id, { line }] of texts.fences)
    if (!ids.includes(id)) complain(line, `the lesson has no block “${id}” here${didYouMeanHint(id, ids)}`);
  return translateProse(
    blocks.map((block) => translateBlock(block, texts.fences, complain)),
    texts,
    complain,
  );
}

/** Piece by piece; where the translation has fewer, it says in them what the lesson says in more. */
function translateProse(
  blocks: readonly Block[],
  { prose, line }: Texts,
  complain: Complain,
): readonly Block[] {
  const count = blocks.filter(({ kind }) => kind === 'prose').length;
  if (prose.length === 0) return blocks;
  if (prose.length !== count)
    complain(
      line,
      `the prose here is in ${count} pieces, and in ${prose.length} in the translation: mark the places of the blocks`,
      'warning',
    );
  const left = prose.map(({ markdown }) => markdown);
  let last: (Block & { kind: 'prose' }) | null = null;
  const translated: Block[] = [];
  for (const block of blocks) {
    if (block.kind !== 'prose') translated.push(block);
    else {
      const markdown = left.shift();
      if (markdown === undefined) continue;
      last = { ...block, markdown };
      translated.push(last);
    }
  }
  if (left.length > 0 && last !== null) last.markdown = [last.markdown, ...left].join('\n\n');
  return translated;
}

function translateBlock(block: Block, fences: ReadonlyMap<string, Fence>, complain: Complain): Block {
  if (block.kind === 'only')
    return { ...block, blocks: block.blocks.map((inner) => translateBlock(inner, fences, complain)) };
  const fence = fences.get(block.id);
  if (fence === undefined || fence.text.trim() === '') return block;
  if (fenceKind(fence) !== block.kind) {
    complain(fence.line, `“${block.id}” is a ${block.kind} in the lesson`);
    return block;
  }
  return withTexts(block, fence, complain);
}

function withTexts(block: Block, { text, line }: Fence, complain: Complain): Block {
  switch (block.kind) {
    case 'note':
      return { ...block, markdown: text.trim() };
    case 'myth': {
      const [claim = block.claim, fact = block.fact] = partByRules(text);
      return { ...block, claim, fact };
    }
    case 'predict':
    case 'quiz':
      return translateQuestion(block, text, line, complain);
    case 'diagram': {
      if (/^alt:/m.test(text) && !/^name:/m.test(text)) {
        const alt = parseAlt(text, line + 1, complain);
        return alt === undefined ? block : { ...block, diagram: { ...block.diagram, alt } };
      }
      const diagram = parseDiagram(text, line + 1, complain);
      return diagram === undefined ? block : { ...block, diagram };
    }
    default:
      return block;
  }
}

function translateQuestion(
  block: Block & { kind: 'predict' | 'quiz' },
  text: string,
  line: number,
  complain: Complain,
): Block {
  const question = parseQuestion(text, line + 1, complain);
  if (question === undefined) return block;
  const isSame =
    question.answer === block.question.answer && question.options.length === block.question.options.length;
  if (isSame) return { ...block, question };
  complain(line, `“${block.id}” has to have the same number of options and the same answer as in the lesson`);
  return block;
}
