import type { Feature, Lesson, Step } from './lesson.ts';
import type { Provided } from './provided.ts';

/** The lesson as it is there: a step that needs what is not there is only read, and says why. */
export function stepsHere(
  lesson: Lesson,
  { features, lacking }: Pick<Provided, 'features' | 'lacking'>,
): Lesson {
  const steps = lesson.steps.map((step) => {
    const { needs } = step;
    if (needs === undefined || features.has(needs)) return step;
    return withReason(readOnly(step), needs, lacking.get(needs) ?? 'This engine does not have that.');
  });
  return { ...lesson, steps };
}

/** Nothing is checked. */
export function readOnly(step: Step): Step {
  return step.kind === 'task' ? { ...step, kind: 'reading', checks: [] } : step;
}

function withReason(step: Step, needs: Feature, why: string): Step {
  const markdown = `This step needs \`${needs}\`. ${why} Read it, and go on.`;
  const note = { id: `${step.id}-needs`, line: step.line, kind: 'note', markdown } as const;
  return { ...step, blocks: [note, ...step.blocks] };
}
