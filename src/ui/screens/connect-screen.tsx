import { memo } from 'react';
import { choices, type ConnectState, type Offer, type RouteLine } from '../../model/connect-state.ts';
import { cellWidth, cutEnd, cutMiddle, padEnd } from '../../model/fit-text.ts';
import type { Size } from '../../model/state.ts';
import { wrapWords } from '../../model/wrap-words.ts';
import type { Paint } from '../theme.ts';
import { Lines } from '../widgets/lines.tsx';

/** The way to an engine: what was tried, why it did not work, and what can be done about it. */
export const ConnectScreen = memo(
  ({ connect, size, paint }: { connect: ConnectState; size: Size; paint: Paint }) => (
    <Lines lines={screenLines(connect, size, paint)} width={size.columns} />
  ),
);

function screenLines(connect: ConnectState, size: Size, paint: Paint): string[] {
  const width = size.columns;
  const height = size.rows - 2;
  const lines = ['', ...contentLines(connect, width, height, paint)];
  while (lines.length < height) lines.push('');
  return lines.slice(0, height).map((line) => (line === '' ? ' '.repeat(width) : line));
}

function contentLines(connect: ConnectState, width: number, height: number, paint: Paint): string[] {
  switch (connect.phase) {
    case 'searching':
      return [
        ...problemLines(connect, width, paint),
        say('Looking for a container engine …', 'title', width, paint),
      ];
    case 'working':
      return workingLines(connect, width, height, paint);
    case 'none':
      return noneLines(connect, width, height, paint);
    case 'choosing':
      return choosingLines(connect, width, height, paint);
    case 'done':
      return [];
  }
}

function say(text: string, style: Parameters<Paint>[0], width: number, paint: Paint): string {
  return paint(style, padEnd(`  ${cutEnd(text, width - 4)}`, width));
}

function problemLines(connect: ConnectState, width: number, paint: Paint): string[] {
  const problem = 'problem' in connect ? connect.problem : null;
  if (problem === null) return [];
  const lines = problem.text.split('\n').flatMap((text) => wrapWords(text, width - 6));
  const advice = problem.advice === '' ? [] : [say(problem.advice, 'plain', width, paint)];
  return [
    ...lines.slice(0, 6).map((line, i) => say(`${i === 0 ? '✗' : ' '} ${line}`, 'bad', width, paint)),
    ...advice,
    '',
  ];
}

function workingLines(
  connect: Extract<ConnectState, { phase: 'working' }>,
  width: number,
  height: number,
  paint: Paint,
): string[] {
  const room = Math.max(1, height - 4);
  const lines = connect.lines.slice(-room).map((line) => say(line, 'quiet', width, paint));
  return [say(`${connect.title} …`, 'title', width, paint), '', ...lines];
}

function noneLines(
  connect: Extract<ConnectState, { phase: 'none' }>,
  width: number,
  height: number,
  paint: Paint,
): string[] {
  const offer = connect.offer === null ? [] : offerLines(connect.offer, width, paint);
  const advice = connect.advice
    .flatMap((text) => wrapWords(text, width - 6))
    .map((text) => say(text, 'plain', width, paint));
  const top = [
    ...problemLines(connect, width, paint),
    say('No container engine answers.', 'title', width, paint),
    '',
    ...offer,
  ];
  const tried = ['', say('Tried, again every few seconds:', 'quiet', width, paint)];
  const room = Math.max(0, height - top.length - advice.length - tried.length - 2);
  return [...top, ...advice, ...tried, ...routeLines(connect.reports, width, room, paint)];
}

/** What Enter does, in one line with the exact command. */
function offerLines(offer: Offer, width: number, paint: Paint): string[] {
  switch (offer.kind) {
    case 'sandbox':
      return [
        key(
          'Enter',
          'starts a sandbox: an engine of Slipway’s own, apart from everything else, gone when you leave',
          width,
          paint,
        ),
        say(`      by ${offer.way}`, 'quiet', width, paint),
        '',
      ];
    case 'install':
      return [
        key('Enter', 'installs one and starts a sandbox with it:', width, paint),
        say(`      $ ${offer.command}`, 'accent', width, paint),
        '',
      ];
    case 'advice':
      return [
        say('To install one:', 'plain', width, paint),
        say(`      $ ${offer.text}`, 'accent', width, paint),
        '',
      ];
  }
}

function key(name: string, what: string, width: number, paint: Paint): string {
  const text = cutEnd(what, width - 6 - cellWidth(name));
  return `  ${paint('key', name)} ${text}${' '.repeat(Math.max(0, width - 3 - cellWidth(name) - cellWidth(text)))}`;
}

function routeLines(reports: readonly RouteLine[], width: number, room: number, paint: Paint): string[] {
  const label = Math.min(30, Math.max(...reports.map((r) => cellWidth(r.label)), 4));
  const host = Math.min(Math.floor(width * 0.4), Math.max(...reports.map((r) => cellWidth(r.host)), 4));
  const lines = reports.map((r) => {
    const text = `${padEnd(r.label, label)}  ${padEnd(cutMiddle(r.host, host), host)}  ${r.text}`;
    return say(`${r.ok ? '●' : '·'} ${text}`, r.ok ? 'good' : 'quiet', width, paint);
  });
  if (lines.length <= room) return lines;
  return [
    ...lines.slice(0, Math.max(0, room - 1)),
    say(`… and ${lines.length - room + 1} more: slipway doctor lists them all`, 'quiet', width, paint),
  ];
}

function choosingLines(
  connect: Extract<ConnectState, { phase: 'choosing' }>,
  width: number,
  height: number,
  paint: Paint,
): string[] {
  const options = choices(connect);
  const lines = options.map((option, i) => {
    const selected = i === connect.selected;
    return say(
      `${selected ? '▸' : ' '} ${choiceText(option)}`,
      selected ? 'selected' : 'plain',
      width,
      paint,
    );
  });
  const failed = connect.reports.filter((r) => !r.ok);
  const room = Math.max(0, height - lines.length - 8);
  return [
    ...problemLines(connect, width, paint),
    say('Which engine?', 'title', width, paint),
    '',
    ...lines,
    '',
    say('Also tried:', 'quiet', width, paint),
    ...routeLines(failed, width, room, paint),
  ];
}

function choiceText(option: RouteLine | Offer): string {
  if (!('kind' in option)) return `${option.label}  ${option.host}  ${option.family ?? ''} ${option.text}`;
  if (option.kind === 'sandbox')
    return `a sandbox (${option.way}): an engine of Slipway’s own, apart from all else`;
  return option.kind === 'install' ? `install one:  $ ${option.command}` : option.text;
}
