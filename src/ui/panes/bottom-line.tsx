import { memo } from 'react';
import { cellWidth, cutEnd, sliceCells } from '../../model/fit-text.ts';
import type { BottomView, Echo, Hint } from '../../model/select-bottom.ts';
import type { Paint } from '../theme.ts';
import { Lines } from '../widgets/lines.tsx';

/** Keys at the left, the command they stand for at the right; or the line in which a filter is typed. */
export const BottomLine = memo(({ view, paint }: { view: BottomView; paint: Paint }) => (
  <Lines
    lines={[view.input === null ? bottomText(view, paint) : inputText(view, paint)]}
    width={view.width}
  />
));

function bottomText({ hints, echo, width }: BottomView, paint: Paint): string {
  const echoed = fitEcho(echo, Math.floor(width * 0.6), paint);
  const keys = fitHints(hints, width - echoed.width - 2, paint);
  const gap = Math.max(0, width - keys.width - echoed.width);
  return keys.text + ' '.repeat(gap) + echoed.text;
}

type Fitted = { text: string; width: number };

/** As many hints as there is room for, and always the last one, which leads to the rest, or out. */
function fitHints(hints: readonly Hint[], width: number, paint: Paint): Fitted {
  const last = hints.at(-1);
  const shown: Hint[] = [];
  let used = last === undefined ? 0 : hintWidth(last);
  for (const hint of hints.slice(0, -1)) {
    if (used + hintWidth(hint) > width) break;
    shown.push(hint);
    used += hintWidth(hint);
  }
  if (last === undefined || used > width) return { text: '', width: 0 };
  const text = [...shown, last]
    .map(([key, what]) => ` ${paint('key', key)} ${paint('quiet', what)} `)
    .join('');
  return { text, width: used };
}

function hintWidth([key, what]: Hint): number {
  return 1 + cellWidth(key) + 1 + cellWidth(what) + 1;
}

function fitEcho(echo: Echo, width: number, paint: Paint): Fitted {
  if (echo.text === '') return { text: '', width: 0 };
  const mark = echo.mark === '' ? '' : `${echo.mark} `;
  const text = cutEnd(echo.text, Math.max(0, width - cellWidth(mark) - 1));
  return {
    text: paint(echo.tone === 'quiet' ? 'key' : echo.tone, mark) + paint(echo.tone, text) + ' ',
    width: cellWidth(mark) + cellWidth(text) + 1,
  };
}

function inputText({ input, hints, width }: BottomView, paint: Paint): string {
  if (input === null) return '';
  const label = ` ${input.label}: `;
  const room = width - cellWidth(label) - 2;
  const characters = [...input.text];
  const whole = characters.slice(0, input.cursor).join('');
  // A long text moves so that the cursor stays in view.
  const before = sliceCells(whole, Math.max(0, cellWidth(whole) - room), room).text;
  const at = characters[input.cursor] ?? ' ';
  const after = cutEnd(characters.slice(input.cursor + 1).join(''), Math.max(0, room - cellWidth(before)));
  const used = cellWidth(label + before + at + after);
  const keys = fitHints(hints, width - used - 2, paint);
  return (
    paint('key', label) +
    before +
    paint('selected', at) +
    after +
    ' '.repeat(Math.max(0, width - used - keys.width)) +
    keys.text
  );
}
