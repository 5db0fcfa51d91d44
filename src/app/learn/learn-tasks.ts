import type { Leftover, Leftovers } from '../../lesson/fence/leftovers.ts';
import type { LearnTask } from '../../model/intents.ts';
import { cancelOption, type Choice, type ChoiceOption } from '../../model/overlays.ts';

/** What is said and asked before something is done with what a lesson has made: all that goes is listed first. */
export function askBefore(task: LearnTask, { leftovers, leftAlone }: Leftovers, step: string): Choice {
  const { title, body, label } = WORDS[task.name](task, step);
  const goes = task.name === 'skip-step' ? [] : listed(leftovers);
  const stays =
    leftAlone.length === 0 ? [] : ['', 'Left alone:', ...leftAlone.map((one) => `  ${one.name}: ${one.why}`)];
  const options: ChoiceOption[] = [
    cancelOption(),
    {
      label: goes.length > 0 ? label.removing : label.plain,
      line: '',
      outcome: { effect: { do: 'do-task', task } },
    },
  ];
  if (task.name === 'leave' && goes.length > 0)
    options.push({
      label: 'Leave, and keep all of it',
      line: '',
      outcome: { effect: { do: 'leave-lesson', cleanUp: false } },
    });
  return { title, body: [...body, ...goes, ...stays], options };
}

type Words = { title: string; body: readonly string[]; label: { removing: string; plain: string } };

const WORDS: Readonly<Record<LearnTask['name'], (task: LearnTask, step: string) => Words>> = {
  'clean-up': () => ({
    title: 'Clean up what this lesson has made?',
    body: [],
    label: { removing: 'Remove it', plain: 'There is nothing to remove' },
  }),
  leave: () => ({
    title: 'Leave the lesson?',
    body: ['How far you have come is kept.'],
    label: { removing: 'Leave, and remove it', plain: 'Leave' },
  }),
  'reset-step': (_, step) => ({
    title: `Begin the step “${step}” anew?`,
    body: ['What the steps before it had made is made again.'],
    label: { removing: 'Remove it, and begin the step anew', plain: 'Begin the step anew' },
  }),
  'reset-lesson': () => ({
    title: 'Begin the lesson anew?',
    body: ['All its steps are open again.'],
    label: { removing: 'Remove it, and begin the lesson anew', plain: 'Begin the lesson anew' },
  }),
  'skip-step': (_, step) => ({
    title: `Skip the step “${step}”?`,
    body: [
      'Its solution is run and shown. The step counts as skipped, not as done; you can come back to it with “begin the step anew”.',
    ],
    label: { removing: 'Run the solution', plain: 'Run the solution' },
  }),
  'catch-up': (task) => ({
    title: `Catch up to step ${'to' in task ? task.to + 1 : ''}?`,
    body: ['The solutions of the steps before it are run. Those that are not done yet count as skipped.'],
    label: { removing: 'Remove it, and run the solutions', plain: 'Run the solutions' },
  }),
};

function listed(leftovers: readonly Leftover[]): string[] {
  if (leftovers.length === 0) return [];
  return ['', 'This goes:', ...leftovers.map(({ line, why }) => `  ${line}  (${why})`)];
}
