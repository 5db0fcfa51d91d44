import { durationText } from '../../model/wire-texts.ts';
import type { WireView } from '../../model/select-wire.ts';
import { described, type WireRow } from '../../model/wire-rows.ts';
import { withShortIds } from '../../model/wire-path.ts';
import type { TypedCommand } from '../../model/shells.ts';
import type { WireCall } from '../../wire/wire-call.ts';

/** The wire pane as sentences: which command made which calls, and what each of them does. */
export function flatWire({ content, count, status }: WireView): string[] {
  const heading = ['Wire', count === '' ? '' : `${count} calls`, status].filter((part) => part !== '');
  return [heading.join(', '), ...contentLines(content)];
}

function contentLines(content: WireView['content']): string[] {
  switch (content.kind) {
    case 'message':
      return [content.lines.join(' ')];
    case 'list':
      return content.rows.map((row, i) => `${i === content.selected ? 'selected: ' : ''}${rowText(row)}`);
    case 'call': {
      const [address = '', ...facts] = content.heading;
      return [
        address,
        facts.join(' '),
        ...content.rows.map((row) => `${row.selected ? 'selected: ' : ''}${row.key} ${row.text}`),
      ];
    }
  }
}

function rowText(row: WireRow): string {
  if (row.kind === 'call') return callText(row.call);
  return row.command === null
    ? `Calls ${row.text}:`
    : `${row.text.replace(/^\$ /, 'Command ')}, ${how(row.command)}:`;
}

function how({ endedAt, code }: TypedCommand): string {
  if (endedAt === null) return 'still running';
  if (code === null) return 'ended';
  return code === 0 ? 'ended well' : `failed with ${code}`;
}

function callText(call: WireCall): string {
  return `${call.method} ${withShortIds(call.path)}: ${described(call).sentence}; ${answerText(call)}`;
}

function answerText(call: WireCall): string {
  if (call.problem !== '') return call.problem;
  if (call.status === null) return 'no answer yet';
  const took = call.endedAfter === null ? 'goes on' : `after ${durationText(call.endedAfter)}`;
  return `status ${call.status}, ${took}`;
}
