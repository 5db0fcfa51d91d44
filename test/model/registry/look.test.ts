import { expect, test } from 'vitest';
import type { State } from '../../../src/model/state.ts';
import { aCheck, aLesson, aStep, judged, learning, PASS } from '../a-lesson.ts';
import { after, pressed } from '../build-state.ts';

const lesson = aLesson({
  steps: [aStep('push', 'Push it', [], { checks: [aCheck('pushed', 'It is there', { look: 'registry' })] })],
});
const pushed = (state: State): State => after(state, judged({ pushed: PASS }));

test('a check that looks at the registry says how to see it, and leaves in view what is being read', () => {
  const state = pushed(learning(0, { lesson }));
  expect(state.overlays).toEqual([]);
  expect(state.notice?.text).toBe('H shows what the registry holds now.');
  expect(pressed(state, 'H').state.overlays).toMatchObject([{ kind: 'registry' }]);
});

test('nothing is said where the registry is in view already', () => {
  const state = pressed(learning(0, { lesson }), 'H').state;
  expect(pushed(state).notice).toBe(null);
});
