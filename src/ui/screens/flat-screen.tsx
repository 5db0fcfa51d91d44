import { Text } from 'ink';
import { choices } from '../../model/connect-state.ts';
import { COLUMNS } from '../../model/columns.ts';
import { spokenText } from '../../model/line.ts';
import type { DetailContent, ListedLines } from '../../model/select-details.ts';
import type { ListPaneView } from '../../model/select-list-pane.ts';
import type { LessonPart } from '../../model/lesson-view/lesson-part.ts';
import type { OverlayView } from '../../model/overlay-views/overlay-view.ts';
import type { ShellView } from '../../model/select-shell.ts';
import type { ScreenView } from '../../model/select-screen.ts';
import { flatExplained, flatLesson } from './flat-lesson.ts';
import { flatWire } from './flat-wire.ts';

/** The same views as plain sentences in reading order: no boxes, no columns, marks in words. */
export function FlatScreen({ view }: { view: ScreenView }) {
  return <Text>{flatLines(view).join('\n')}</Text>;
}

function flatLines(view: ScreenView): string[] {
  const status =
    view.status.tone === 'bad'
      ? `Attention: ${view.status.engine}`
      : `${view.status.engine}. ${view.status.counts}`;
  const echo = view.bottom.echo.text === '' ? [] : [view.bottom.echo.text];
  const input = view.bottom.input === null ? [] : [`${view.bottom.input.label}: ${view.bottom.input.text}`];
  if (view.overlay !== null) return [status, ...overlayLines(view.overlay), ...echo, keysLine(view)];
  if (view.kind === 'connect') return [status, ...connectLines(view.connect)];
  const focused = view.lists.find((list) => list?.focused) ?? null;
  const body = focused === null ? paneLines(view) : listLines(focused);
  return [status, ...body, ...input, ...echo, keysLine(view)];
}

function keysLine({ bottom }: ScreenView): string {
  return `Keys: ${bottom.hints.map(([key, what]) => `${key} ${what}`).join(', ')}`;
}

function overlayLines({ title, lines, selected }: OverlayView): string[] {
  return [
    title,
    ...lines
      .map(
        (line, i) =>
          `${i === selected ? 'selected: ' : ''}${line
            .map((p) => p.text)
            .join('')
            .trim()}`,
      )
      .filter((l) => l !== ''),
  ];
}

function connectLines(connect: ScreenView['connect']): string[] {
  switch (connect.phase) {
    case 'searching':
      return ['Looking for a container engine.'];
    case 'working':
      return [connect.title, connect.lines.at(-1) ?? ''];
    case 'none':
      return [
        'No container engine answers.',
        ...offerLine(connect),
        ...connect.advice,
        ...connect.reports.map((r) => `${r.label}: ${r.text}`),
      ];
    case 'choosing':
      return [
        'Which engine?',
        ...choices(connect).map(
          (c, i) =>
            `${i === connect.selected ? 'selected: ' : ''}${'kind' in c ? c.kind : `${c.label} ${c.host}`}`,
        ),
      ];
    case 'done':
      return [];
  }
}

function offerLine(connect: Extract<ScreenView['connect'], { phase: 'none' }>): string[] {
  if (connect.offer === null) return [];
  if (connect.offer.kind === 'sandbox') return [`Enter starts a sandbox: ${connect.offer.way}.`];
  return connect.offer.kind === 'install'
    ? [`Enter installs one: ${connect.offer.command}`]
    : [connect.offer.text];
}

function listLines(list: ListPaneView): string[] {
  const heading = `${list.title}, ${list.note}`;
  if (list.message !== '') return [heading, list.message];
  return [heading, ...list.rows.map((row, i) => rowText(list, row, i === list.selected))];
}

function rowText(list: ListPaneView, row: ListPaneView['rows'][number], selected: boolean): string {
  const cells = COLUMNS[list.kind].filter((c) => c.title !== '').map((c) => c.cell(row, list.facts).text);
  const said = [
    selected && 'selected: ',
    list.marked.has(row.key) && 'marked: ',
    list.flashing.has(row.item.id) && 'just changed: ',
    list.own.has(row.item.id) && 'made here: ',
  ];
  const marks = said.filter((text) => text !== false).join('');
  return marks + cells.filter((text) => text !== '').join(', ');
}

function paneLines(view: ScreenView): string[] {
  if (view.lesson?.focused) return flatLesson(view.lesson);
  if (view.shell?.focused) return [...shellLines(view.shell), ...spoken(view)];
  if (view.wire?.focused) return flatWire(view.wire);
  return detailLines(view);
}

/** Who is in the terminal hears what its last error means, and how the step stands. */
function spoken({ explained, lesson }: ScreenView): string[] {
  if (explained !== null) return flatExplained(explained);
  if (lesson === null) return [];
  const open = lesson.parts.filter(
    (part) => part.kind === 'explained' || isOpen(part) || part.anchor === 'end',
  );
  return flatLesson({ ...lesson, parts: open });
}

function isOpen(part: LessonPart): boolean {
  return part.kind === 'check' && part.check.reason.length > 0;
}

// eslint-disable-next-line no-control-regex
const SGR = /\x1b\[[\d;:]*m/g;

/** The text of a shell's screen; how the last command ended comes after it. */
function shellLines({ title, screen, message, status }: ShellView): string[] {
  const rows = screen === null ? [message] : screen.rows.map((row) => row.replace(SGR, '').trimEnd());
  const last = rows.findLastIndex((row) => row !== '');
  return [title.replace(/^\d+ /, '').replace(' ──', ', '), ...rows.slice(0, last + 1), status];
}

function detailLines({ details }: ScreenView): string[] {
  if (details === null) return [];
  return [
    `${details.title.replace(/ ──.*/, '')}, ${details.tab}`,
    ...contentLines(details.content),
    details.status,
  ];
}

function contentLines(content: DetailContent): string[] {
  switch (content.kind) {
    case 'message':
      return [content.text];
    case 'log':
      return content.lines.map((line) =>
        line.kind === 'line' && line.stream === 'stderr' ? `error output: ${line.text}` : line.text,
      );
    case 'tree':
      return content.rows.map((row) => `${row.selected ? 'selected: ' : ''}${row.key} ${row.text}`);
    case 'lines':
    case 'split':
      return [...listed(content)];
    case 'stats':
      return [
        `CPU ${content.samples.at(-1)?.cpuPercent?.toFixed(1) ?? 'unknown'} percent, memory ${content.samples.at(-1)?.memory ?? 0} bytes`,
      ];
  }
}

/** Of two lists side by side, the one that keys go to. */
function listed(content: Extract<DetailContent, { kind: 'lines' | 'split' }>): readonly string[] {
  const list: ListedLines = content.kind === 'lines' ? content : content[content.active];
  return list.lines.map((line, i) => `${i === list.selected ? 'selected: ' : ''}${spokenText(line)}`);
}
