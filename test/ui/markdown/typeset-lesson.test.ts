import { expect, test } from 'vitest';
import { createStore } from '../../../src/app/store.ts';
import { reduce } from '../../../src/model/reduce.ts';
import type { State } from '../../../src/model/state.ts';
import { createLazy } from '../../../src/ui/lazy.ts';
import type { SetMarkdown } from '../../../src/ui/markdown/set-markdown.ts';
import { typesetLesson } from '../../../src/ui/markdown/typeset-lesson.ts';
import { learning } from '../../model/a-lesson.ts';
import { after } from '../../model/build-state.ts';

/** Says which texts it was asked to set, and how wide. */
function start(state: State) {
  const asked: string[] = [];
  const { promise, resolve } = Promise.withResolvers<SetMarkdown>();
  let loads = 0;
  const library = createLazy<SetMarkdown>(
    () => {
      loads += 1;
      return promise;
    },
    (error) => {
      throw error;
    },
  );
  const store = createStore(reduce, state);
  const end = typesetLesson(store, library);
  const load = async (): Promise<void> => {
    resolve((markdown, width) => {
      asked.push(`${width} ${markdown}`);
      return [`set: ${markdown}`];
    });
    await promise;
    // The library tells of itself in the turn after.
    await new Promise(setImmediate);
  };
  return { store, end, load, asked, loads: () => loads };
}

test('the library is loaded with the first lesson, and not before', async () => {
  const { store, loads } = start(after(learning(1), { type: 'lesson-closed' }));
  store.dispatch({ type: 'time-passed', now: 5 });
  expect(loads()).toBe(0);
  store.dispatch({ type: 'lesson-opened', lesson: learning(1).learn.lesson! });
  store.dispatch({ type: 'time-passed', now: 6 });
  expect(loads()).toBe(1);
});

test('what is in view is set for the width of its pane once, and again for another width and step', async () => {
  const { store, load, asked } = start(learning(1));
  expect(store.getState().learn.lesson?.typeset).toBeNull();
  await load();
  const { typeset } = store.getState().learn.lesson!;
  expect(typeset?.blocks.get('note-note')).toEqual(['set: The `>` needs a shell inside.']);
  expect(asked).toContain(`${typeset!.width - 2} The \`>\` needs a shell inside.`);
  const before = asked.length;
  store.dispatch({ type: 'lesson-changed', change: { scroll: 3 } });
  store.dispatch({ type: 'time-passed', now: 9 });
  expect(asked).toHaveLength(before);
  store.dispatch({ type: 'screen-resized', columns: 80, rows: 24 });
  expect(store.getState().learn.lesson?.typeset?.width).toBe(76);
  store.dispatch({ type: 'screen-resized', columns: 120, rows: 40 });
  expect(store.getState().learn.lesson?.typeset?.width).toBe(typeset!.width);
  expect(asked).toHaveLength(2 * before);
  store.dispatch({ type: 'step-shown', step: 2 });
  expect(store.getState().learn.lesson?.typeset?.blocks.get('restart-guess:ask')).toHaveLength(1);
});

test('nothing is set any more when it has ended', async () => {
  const { store, load, end } = start(learning(1));
  end();
  await load();
  store.dispatch({ type: 'step-shown', step: 2 });
  expect(store.getState().learn.lesson?.typeset).toBeNull();
});
