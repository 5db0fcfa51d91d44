import type { Block, Lesson } from '../lesson.ts';
import { isQuestion } from './review-deck.ts';
import { shuffled } from '../seeded.ts';
import { visibleBlocks, type Here } from '../visible-blocks.ts';

/** So many questions warm up; a lesson may bring more, and then the seed chooses. */
const QUESTIONS = 2;

/**
 * What the warm-up step of a lesson shows, in its own order. Nothing where none of the lessons that it asks about has
 * been finished: nobody can remember what they have not seen, and the step is left out.
 *
 * @param finished ids of lessons
 */
export function warmUp(lesson: Lesson, finished: ReadonlySet<string>, seed: string, here: Here): Block[] {
  if (!lesson.requires.some((id) => finished.has(id))) return [];
  const blocks = lesson.steps
    .filter((step) => step.kind === 'warm-up')
    .flatMap((step) => visibleBlocks(step.blocks, here));
  const questions = blocks.filter(isQuestion);
  const chosen = new Set<Block>(shuffled(questions, `${seed}/${lesson.id}`).slice(0, QUESTIONS));
  return questions.length === 0 ? [] : blocks.filter((block) => !isQuestion(block) || chosen.has(block));
}
