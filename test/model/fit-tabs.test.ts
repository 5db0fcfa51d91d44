import { expect, test } from 'vitest';
import { fitTabs } from '../../src/model/fit-tabs.ts';

const LABELS = [' Logs ', ' Stats ', ' Layers ', ' Files ', ' Inspect '];

function shown(chosen: number, cells: number): string {
  const { from, to, before, after } = fitTabs(LABELS, chosen, cells);
  return before + LABELS.slice(from, to).join('') + after;
}

test('all tabs are shown where there is room', () => {
  expect(shown(0, 40)).toBe(LABELS.join(''));
});

test('the chosen tab is shown with those around it, and what is left out is marked', () => {
  expect(shown(0, 25)).toBe(' Logs  Stats  Layers ›');
  expect(shown(2, 25)).toBe('‹ Layers  Files  Inspect ');
  expect(shown(4, 24)).toBe('‹ Files  Inspect ');
});

test('the chosen tab is shown though there is no room even for it', () => {
  expect(shown(3, 2)).toBe('‹ Files ›');
});

test('no more cells are taken than there are', () => {
  for (let cells = 11; cells < 45; cells += 1)
    for (const chosen of LABELS.keys()) expect(shown(chosen, cells).length).toBeLessThanOrEqual(cells);
});
