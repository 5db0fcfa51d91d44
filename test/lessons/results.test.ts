import { expect, test } from 'vitest';
import { lessonTable } from '../pictures/lesson-table.ts';
import type { Proof } from '../../src/lesson/prove/prove-text.ts';
import { engineName, readResults, resultOf } from './lesson-results.ts';

const PROOF: Proof = {
  lesson: 'first-box',
  engine: { family: 'podman', version: '4.3.1' },
  notHere: '',
  lines: [{ label: 'step run', parts: [] }],
  ok: true,
};

test('a result says on which engine, by whom it is run, and what came of it', () => {
  expect(engineName(PROOF, false)).toBe('podman 4.3');
  expect(engineName({ engine: { family: 'docker', version: '26.1.5+dfsg1' } }, true)).toBe(
    'rootless docker 26.1',
  );
  expect(resultOf(PROOF)).toEqual({ outcome: 'played', why: '', tried: 1 });
  expect(resultOf({ ...PROOF, lines: [], notHere: 'It needs swarm.' })).toEqual({
    outcome: 'blocked',
    why: 'It needs swarm.',
    tried: 0,
  });
  expect(resultOf({ ...PROOF, ok: false }).outcome).toBe('failed');
});

test('the table has a row for each lesson, and says why one is blocked once', async () => {
  const blocked = { outcome: 'blocked', why: 'No swarm.', tried: 0 } as const;
  const { head, rows, notes } = await lessonTable({
    'first-box': { 'docker 20.10': resultOf(PROOF), 'docker 26.1': { ...blocked, outcome: 'failed' } },
    volumes: {
      'podman 4.3': blocked,
      'podman 5.4': blocked,
      'rootless podman 4.3': blocked,
      'rootless podman 5.4': resultOf(PROOF),
    },
  });
  expect(head.slice(2)).toEqual([
    'Docker 20.10',
    'Docker 26',
    'Podman 4.3',
    'Podman 5.4',
    'Podman, rootless',
  ]);
  expect(rows[0]?.slice(2)).toEqual(['✓ played', '✗ fails', 'not run', 'not run', 'not run']);
  const volumes = rows.find(([number]) => number === '12');
  expect(volumes?.slice(2)).toEqual(['not run', 'not run', '– blocked (1)', '– blocked (1)', '✓ played']);
  expect(notes).toEqual(['No swarm.']);
});

test('no result is kept of a lesson that fails', async () => {
  const outcomes = Object.values(await readResults()).flatMap((lesson) => Object.values(lesson));
  expect(outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});
