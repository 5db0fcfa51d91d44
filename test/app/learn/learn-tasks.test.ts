import { describe, expect, test } from 'vitest';
import { askBefore } from '../../../src/app/learn/learn-tasks.ts';
import type { Leftover, Leftovers } from '../../../src/lesson/fence/leftovers.ts';
import type { LearnTask } from '../../../src/model/intents.ts';

const keep: Leftover = {
  kind: 'container',
  id: 'c1',
  name: 'keep',
  why: 'made in this lesson',
  command: {
    do: 'remove-container',
    container: { id: 'c1', name: 'keep' },
    force: true,
    volumes: true,
  },
  line: 'docker rm -f -v keep',
  labels: {},
};
const none: Leftovers = { leftovers: [], leftAlone: [] };
const some: Leftovers = {
  leftovers: [keep],
  leftAlone: [{ kind: 'volume', id: 'db', name: 'db', why: 'it was there before' }],
};
const TASKS: readonly LearnTask[] = [
  { name: 'clean-up' },
  { name: 'leave' },
  { name: 'reset-step' },
  { name: 'reset-lesson' },
  { name: 'skip-step' },
  { name: 'catch-up', to: 2 },
];

describe.each(TASKS)('before $name', (task) => {
  test('the first answer does nothing, and the second does just that', () => {
    const [first, second] = askBefore(task, some, 'Run it').options;
    expect(first?.outcome).toBeNull();
    expect(second?.outcome).toEqual({ effect: { do: 'do-task', task } });
  });
  test('what is left alone is named with its reason', () => {
    expect(askBefore(task, some, '').body).toContain('  db: it was there before');
  });
});

test.each(TASKS.filter(({ name }) => name !== 'skip-step'))(
  'before $name all that goes is listed',
  (task) => {
    expect(askBefore(task, some, '').body).toContain('  docker rm -f -v keep  (made in this lesson)');
  },
);

test('a skipped step removes nothing, and lists nothing', () => {
  expect(askBefore({ name: 'skip-step' }, some, '').body.join('\n')).not.toContain('docker rm');
});

test('whoever leaves may keep what there is; where there is nothing, nobody is asked about it', () => {
  const labels = (found: Leftovers): string[] =>
    askBefore({ name: 'leave' }, found, '').options.map((o) => o.label);
  expect(labels(some)).toEqual(['Cancel', 'Leave, and remove it', 'Leave, and keep all of it']);
  expect(labels(none)).toEqual(['Cancel', 'Leave']);
});
