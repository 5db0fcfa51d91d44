import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { startReview } from '../../src/model/review-state.ts';
import { selectScreen } from '../../src/model/select-screen.ts';
import type { State } from '../../src/model/state.ts';
import { loadLineChart } from '../../src/ui/charts/line-chart.ts';
import { Screen } from '../../src/ui/screen.tsx';
import { FlatScreen } from '../../src/ui/screens/flat-screen.tsx';
import { createPaint } from '../../src/ui/theme.ts';
import { aContainer, after, holding, NOW, pressed } from '../model/build-state.ts';

const charts = { draw: await loadLineChart(), paint: (_: unknown, text: string) => text };
const small = { columns: 80, rows: 24 };

const asking: State = after(holding({ container: [aContainer('keep')], size: small }), {
  type: 'overlay-opened',
  overlay: {
    kind: 'review',
    review: startReview(
      [
        {
          id: 'thin-layer/q1',
          lesson: 'The thin layer on top',
          ask: 'You wrote a note into a box, stopped the box and started it again. What has become of the note, and which command would have taken it away for good?',
          options: [
            'It is gone: a stop throws away all that the box has written since it was started.',
            'It is still there: only `docker rm` drops the thin layer.',
            'It is empty.',
            'It moved into the image.',
          ],
          answer: 1,
          because:
            'Stop and start keep the writable layer, because it belongs to the box and not to the process in it.',
          wrong: ['That is how a tmpfs behaves.', '', '', ''],
          waits: { right: 1, wrong: 1 },
        },
      ],
      null,
      NOW,
    ),
  },
});

const draw = (state: State): string[] =>
  renderToString(
    <Screen view={selectScreen(state)} paint={createPaint('none')} charts={charts} />,
    small,
  ).split('\n');
const read = (state: State): string =>
  renderToString(<FlatScreen view={selectScreen(state)} />, { columns: 400 });

test('a question fits on 80×24, and shows without colour where the cursor is', () => {
  const rows = draw(asking);
  expect(rows).toHaveLength(24);
  for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(80);
  const text = rows.join('\n');
  for (const part of ['Review ── 1 of 1', '▸   a  It is gone', 'It moved into the image.', 'answer, go on'])
    expect(text).toContain(part);
  expect(text).not.toContain('Stop and start keep');
});

test('the reason is on screen with the options at once, marked without colour', () => {
  const text = draw(pressed(asking, 'a').state).join('\n');
  for (const part of [
    '✗ a  It is gone',
    '(your answer)',
    '✓ b  It is still',
    '(right)',
    'Not so. That is how a tmpfs',
  ])
    expect(text).toContain(part);
  expect(text).toContain('box and not to the process in it.');
});

test('reads in order where nothing is drawn', () => {
  const text = read(pressed(asking, 'down').state);
  expect(text).toContain('Review ── 1 of 1\nThe thin layer on top\nYou wrote a note');
  expect(text).toContain('selected: b  It is still there');
  const lines = read(pressed(asking, 'b').state).split('\n');
  const said = ['✓ b  It is still there: only docker rm drops the thin layer. (right)', 'Right.'];
  expect(lines.filter((line) => said.includes(line))).toEqual(said);
  expect(lines.slice(-2)).toEqual([
    'box and not to the process in it.',
    'Keys: ↑↓ choose, a–d answer, Enter answer, go on, Esc stop',
  ]);
});
