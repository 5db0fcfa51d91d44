import { type Lesson, UNPROVIDED } from './lesson.ts';
import { allBlocks } from './visible-blocks.ts';

/** A wrong idea that many have, what is true, and the lesson that lets it fail. */
export type Myth = {
  /** As in `myths:` of the lesson, and after the `#` of the block. */
  id: string;
  claim: string;
  fact: string;
  lesson: Pick<Lesson, 'id' | 'title' | 'number'>;
};

/**
 * What lessons put right, in their order: each block `myth #name` whose name stands in `myths:` of its lesson. Names that
 * differ for each learner are those that the lesson would like best.
 */
export function mythsOf(lessons: readonly Lesson[]): readonly Myth[] {
  return lessons.flatMap((lesson) => {
    const { id, title, number } = lesson;
    return mythBlocks(lesson)
      .filter((block) => lesson.myths.includes(block.id))
      .map((block) => ({
        id: block.id,
        claim: plainNames(block.claim, lesson),
        fact: plainNames(block.fact, lesson),
        lesson: { id, title, number },
      }));
  });
}

type MythBlock = { id: string; claim: string; fact: string; line: number };

export function mythBlocks({ intro, steps }: Pick<Lesson, 'intro' | 'steps'>): readonly MythBlock[] {
  return allBlocks([intro, ...steps.map(({ blocks }) => blocks)].flat()).flatMap((block) =>
    block.kind === 'myth' ? [block] : [],
  );
}

function plainNames(text: string, { vars }: Lesson): string {
  return text.replace(/{{(\w+)}}/g, (whole, name: string) => {
    const variable = vars[name];
    if (variable === undefined || 'words' in variable || 'pick' in variable) return whole;
    if ('from' in variable) return UNPROVIDED[variable.from];
    return String('name' in variable ? variable.name : variable.port);
  });
}
