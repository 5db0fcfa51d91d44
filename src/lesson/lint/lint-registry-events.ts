import type { Claim, Test } from '../check.ts';
import { innerTests, testsOf } from '../read/parse-references.ts';
import type { Linted, Say } from './lint-lesson.ts';

/** Only the registry that Slipway brings along tells what happens in it. */
export function lintRegistryEvents({ lesson: { steps, vars } }: Linted, say: Say): void {
  const own = Object.entries(vars).flatMap(([name, value]) =>
    'from' in value && value.from === 'registry' ? [`{{${name}}}`] : [],
  );
  for (const check of steps.flatMap(({ checks }) => checks))
    for (const { of } of testsOf(check).flatMap(innerTests).filter(asksForEvents))
      if (!own.includes(of))
        say(
          'lesson.md',
          check.line,
          `“${check.id}” asks for an event of the registry ${of}, which tells of none: only the lesson's own does, by a variable {from: registry}`,
        );
}

type RegistryClaim = Extract<Claim, { subject: 'registry' }>;

function asksForEvents(test: Test): test is RegistryClaim {
  return 'subject' in test && test.subject === 'registry' && test.predicates.some((is) => 'event' in is);
}
