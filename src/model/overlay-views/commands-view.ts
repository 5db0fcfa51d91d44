import type { Progress } from '../../engine/commands.ts';
import type { CommandRecord } from '../command-log.ts';
import { cellWidth, cutEnd, padEnd } from '../fit-text.ts';
import { humanSize } from '../../engine/human-size.ts';
import { oneLine } from '../one-line.ts';
import { memoizeLast } from '../memoize.ts';
import { textLines, type OverlayView } from './overlay-view.ts';
import { EMPTY_LINE, piece, type Line } from '../line.ts';

/** The log of commands, with the engine's words for the selected one. */
export const commandsView = memoizeLast(
  (commands: readonly CommandRecord[], selected: number): OverlayView => {
    const lines = commands.map(commandLineOf);
    const record = commands[selected];
    const more = record?.result ? resultLines(record.result) : [];
    const none: Line[] = [[piece('Nothing has been asked of the engine yet.', 'quiet')]];
    return {
      title: 'Commands so far',
      width: 90,
      lines: commands.length === 0 ? none : [...lines, ...more],
      selected: commands.length === 0 ? -1 : selected,
      scroll: 0,
      cursor: null,
    };
  },
);

function resultLines(result: NonNullable<CommandRecord['result']>): Line[] {
  if (result.ok) return result.text === '' ? [] : [EMPTY_LINE, ...textLines(result.text, 'quiet')];
  return [EMPTY_LINE, ...textLines(result.text, 'bad'), ...textLines(result.advice, 'plain')];
}

function commandLineOf(record: CommandRecord): Line {
  const { result, endedAt, startedAt } = record;
  const mark = result === null ? piece('…') : result.ok ? piece('✓', 'good') : piece('✗', 'bad');
  const time = new Date(startedAt).toTimeString().slice(0, 8);
  const took = endedAt === null ? '' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`;
  const from = record.from === 'shell' ? 'shell' : 'key  ';
  return [
    mark,
    piece(` ${time} `, 'quiet'),
    piece(took.padStart(7), 'quiet'),
    piece(`  ${from}`, 'quiet'),
    piece(`  ${oneLine(record.line)}`),
  ];
}

/** Docker also reports under the tag's name, which is no layer, and at the end without one. */
const isPart = ({ id, text }: Progress): boolean => id !== '' && !text.startsWith('Pulling from ');
const LAYER_ID = /^(sha256:)?[0-9a-f]{12,64}$/;
const partName = (id: string): string => (LAYER_ID.test(id) ? id.slice(0, 12) : cutEnd(id, 30));

/** One command: how far each of its parts has come, and how it ended. */
export const progressView = memoizeLast((record: CommandRecord | null): OverlayView | null => {
  if (record === null) return null;
  const parts = record.progress.filter(isPart);
  const names = Math.max(12, ...parts.map(({ id }) => cellWidth(partName(id))));
  const lines: Line[] = parts.map(({ id, text, current, total }): Line => [
    piece(`${padEnd(partName(id), names)}  `, 'quiet'),
    piece(text.slice(0, 24).padEnd(26)),
    piece(amount(current, total), 'accent'),
  ]);
  if (record.result === null && lines.length === 0) lines.push([piece('Asking …', 'quiet')]);
  if (record.result?.ok === true) lines.push([piece('✓ done', 'good')], ...resultLines(record.result));
  if (record.result?.ok === false)
    lines.push([piece('✗ It failed:', 'bad')], ...resultLines(record.result).slice(1));
  const scroll = Math.max(0, lines.length - 1);
  return { title: record.line, width: 84, lines, selected: -1, scroll, cursor: null };
});

/** Without a total, what has come so far. */
function amount(current: number | null, total: number | null): string {
  if (current === null) return '';
  return total === null || total <= 0 ? humanSize(current) : bar(current, total);
}

const BAR_WIDTH = 20;

function bar(current: number, total: number): string {
  const filled = Math.max(0, Math.min(BAR_WIDTH, Math.round((BAR_WIDTH * current) / total)));
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${humanSize(current)} of ${humanSize(total)}`;
}
