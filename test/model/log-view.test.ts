import { describe, expect, test } from 'vitest';
import stringWidth from 'string-width';
import type { LogLine } from '../../src/engine/engine.ts';
import { emptyLogRing } from '../../src/model/log-ring.ts';
import { appendLog, openLogView, type LogState } from '../../src/model/log-view.ts';
import {
  followLog,
  nextMatch,
  scrollLog,
  scrollLogSideways,
  scrollLogToStart,
  searchLog,
  toggleFollow,
  toggleOnlyMatches,
  toggleTimestamps,
  toggleWrap,
} from '../../src/model/scroll-log.ts';
import { selectLogStatus, selectLogView, shortTime } from '../../src/model/select-log-view.ts';
import { dice } from '../support/odd-text.ts';

const line = (text: string, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  at: '2026-03-04T05:06:07.123456789Z',
  stream,
  text,
});
const lines = (from: number, to: number): LogLine[] =>
  Array.from({ length: to - from }, (_, at) => line(`line ${from + at}`));
const logOf = (texts: readonly LogLine[], limits = {}): LogState =>
  appendLog(openLogView(emptyLogRing(limits)), texts);
const size = { columns: 20, rows: 4 };
const view = (log: LogState, at = size): string[] => selectLogView(log, at).map((row) => row.text);
const found = (log: LogState): string[] =>
  selectLogView(log, size).flatMap((row) =>
    row.kind === 'line' ? row.spans.map((span) => row.text.slice(span.from, span.to)) : [],
  );

describe('following', () => {
  test('shows the newest lines, also those that arrive', () => {
    const log = logOf(lines(0, 10));
    expect(view(log)).toEqual(['line 6', 'line 7', 'line 8', 'line 9']);
    expect(view(appendLog(log, lines(10, 12)))).toEqual(['line 8', 'line 9', 'line 10', 'line 11']);
  });
  test('a short log starts at the top, an empty one shows nothing', () => {
    expect(view(logOf(lines(0, 2)))).toEqual(['line 0', 'line 1']);
    expect(view(openLogView())).toEqual([]);
  });
});

describe('scrolling', () => {
  test('what is read stays where it is while lines arrive', () => {
    const log = scrollLog(logOf(lines(0, 10)), -2, size);
    expect(view(log)).toEqual(['line 4', 'line 5', 'line 6', 'line 7']);
    expect(view(appendLog(log, lines(10, 99)))).toEqual(view(log));
  });
  test('reaching the end follows again; the start stops', () => {
    const log = scrollLog(logOf(lines(0, 10)), -99, size);
    expect(view(log)[0]).toBe('line 0');
    expect(scrollLog(log, 5, size).top).not.toBeNull();
    expect(scrollLog(log, 6, size).top).toBeNull();
    expect(followLog(log).top).toBeNull();
    expect(view(scrollLogToStart(logOf(lines(0, 10)), size))[0]).toBe('line 0');
  });
  test('a log that fits keeps following', () => {
    const log = logOf(lines(0, 3));
    expect([scrollLog(log, -1, size).top, scrollLogToStart(log, size).top]).toEqual([null, null]);
  });
  test('holding still and following again', () => {
    const held = toggleFollow(logOf(lines(0, 10)), size);
    expect(view(appendLog(held, lines(10, 20)))).toEqual(['line 6', 'line 7', 'line 8', 'line 9']);
    expect(toggleFollow(held, size).top).toBeNull();
  });
  test('a taller view stays full', () => {
    const log = scrollLog(logOf(lines(0, 10)), -1, size);
    expect(view(log, { columns: 20, rows: 8 })).toHaveLength(8);
  });
  test('when the line at the top is forgotten, the oldest takes its place', () => {
    const log = scrollLog(logOf(lines(0, 10), { lines: 10 }), -99, size);
    expect(view(appendLog(log, lines(10, 15)))).toEqual([
      '… 5 earlier lines n…',
      'line 5',
      'line 6',
      'line 7',
    ]);
  });
});

describe('forgotten lines', () => {
  test('are told of above the first line, and counted', () => {
    const log = scrollLogToStart(logOf(lines(0, 12_010), { lines: 10 }), { columns: 60, rows: 3 });
    expect(selectLogView(log, { columns: 60, rows: 3 })).toMatchObject([
      { kind: 'notice', text: '… 12,000 earlier lines not kept' },
      { text: 'line 12000' },
      { text: 'line 12001' },
    ]);
    expect(selectLogStatus(log)).toMatchObject({ lines: 10, forgotten: 12_000 });
  });
  test('are not told of while the view is elsewhere', () => {
    expect(view(logOf(lines(0, 30), { lines: 20 }))[0]).toBe('line 26');
  });
});

describe('long lines', () => {
  const long = logOf([line('start'), line(`${'a'.repeat(18)}${'b'.repeat(18)}c`)]);
  test('are cut, and show more when scrolled to the side', () => {
    expect(view(long)).toEqual(['start', 'a'.repeat(18)]);
    expect(view(scrollLogSideways(long, 17, size))).toEqual(['', `a${'b'.repeat(17)}`]);
    expect(view(scrollLogSideways(long, 999, size))).toEqual(['', 'c']);
    expect(scrollLogSideways(long, -5, size).left).toBe(0);
  });
  test('are wrapped, and scrolled through row by row', () => {
    const wrapped = toggleWrap(long);
    expect(view(wrapped)).toEqual(['start', 'a'.repeat(18), 'b'.repeat(18), 'c']);
    expect(view(wrapped, { columns: 20, rows: 2 })).toEqual(['b'.repeat(18), 'c']);
    const up = scrollLog(wrapped, -1, { columns: 20, rows: 2 });
    expect(selectLogView(up, { columns: 20, rows: 2 })).toMatchObject([
      { continued: false },
      { continued: true },
    ]);
  });
  test('keep wide characters whole', () => {
    expect(view(toggleWrap(logOf([line('日本語'.repeat(4))])), { columns: 11, rows: 9 })).toEqual([
      '日本語日',
      '本語日本',
      '語日本語',
    ]);
  });
});

describe('columns', () => {
  test('stderr has a mark that is not a colour', () => {
    const rows = selectLogView(logOf([line('out'), line('err', 'stderr')]), size);
    expect(rows).toMatchObject([{ gutter: '  ' }, { gutter: '! ', stream: 'stderr' }]);
  });
  test('timestamps are local and short, and blank where a line goes on or has none', () => {
    const log = toggleWrap(toggleTimestamps(logOf([line('123456789abc'), { ...line('x'), at: '' }])));
    const local = new Date('2026-03-04T05:06:07Z').toTimeString().slice(0, 8);
    expect(selectLogView(log, size)).toMatchObject([
      { time: `${local} `, text: '123456789' },
      { time: ' '.repeat(9), text: 'abc' },
      { time: ' '.repeat(9), text: 'x' },
    ]);
    expect(shortTime('nonsense')).toBe(' '.repeat(9));
  });
});

describe('searching', () => {
  const log = logOf(
    Array.from({ length: 30 }, (_, at) => line(at % 10 === 5 ? `Error ${at}` : `fine ${at}`)),
  );
  test('goes to a match at once, counts lines and marks what it found', () => {
    const hit = searchLog(log, 'eRRor', size);
    expect(selectLogStatus(hit)).toMatchObject({ matches: 3, current: 3 });
    expect(found(hit)).toEqual(['Error']);
    expect(view(hit)).toContain('Error 25');
  });
  test('n and N go round', () => {
    let hit = searchLog(log, 'error', size);
    hit = nextMatch(hit, 1, size);
    expect([selectLogStatus(hit).current, hit.current]).toEqual([1, 5]);
    expect(view(hit)).toContain('Error 5');
    hit = nextMatch(hit, -1, size);
    expect(hit.current).toBe(25);
    hit = nextMatch(hit, -1, size);
    expect(hit.current).toBe(15);
  });
  test('a match in view does not move the view', () => {
    const up = scrollLog(log, -99, size);
    const hit = searchLog(up, 'fine 2', size);
    expect([hit.current, view(hit)]).toEqual([2, view(up)]);
  });
  test('typing on narrows, deleting widens, nothing found moves nothing', () => {
    const typed = searchLog(searchLog(log, 'error', size), 'error 1', size);
    expect(selectLogStatus(typed).matches).toBe(1);
    expect(selectLogStatus(searchLog(typed, 'erro', size)).matches).toBe(3);
    const none = searchLog(log, 'xyz', size);
    expect([selectLogStatus(none).matches, view(none)]).toEqual([0, view(log)]);
    expect(nextMatch(none, 1, size)).toBe(none);
    expect(selectLogStatus(searchLog(typed, '', size))).toMatchObject({ matches: 0, current: 0 });
  });
  test('signs are looked for as they stand', () => {
    const odd = logOf([line('a.b*c (d) [e] \\ /'), line('aXb')]);
    for (const query of ['a.b', '*c', '(d', '[e]', '\\', '/', ' '])
      expect(selectLogStatus(searchLog(odd, query, size)).matches, query).toBe(1);
  });
  test('lines that arrive are searched, those forgotten leave the matches', () => {
    const small = logOf(lines(0, 10), { lines: 10 });
    const hit = appendLog(searchLog(small, 'line', size), [line('other'), ...lines(10, 13)]);
    expect(selectLogStatus(hit)).toMatchObject({ matches: 9, forgotten: 4 });
  });
  test('the filter shows only what matches, keeps the place, and goes on doing so', () => {
    const only = toggleOnlyMatches(searchLog(log, 'error', size));
    expect(view(only)).toEqual(['Error 5', 'Error 15', 'Error 25']);
    const more = appendLog(only, [line('fine'), line('an error'), line('ERROR')]);
    expect(view(more)).toEqual(['Error 15', 'Error 25', 'an error', 'ERROR']);
    expect(view(toggleOnlyMatches(more))).toContain('Error 25');
    expect(view(searchLog(only, '', size))).toHaveLength(4);
  });
  test('the filter also tells of forgotten lines', () => {
    const only = toggleOnlyMatches(searchLog(logOf(lines(0, 30), { lines: 20 }), 'line 29', size));
    expect(view(only)).toEqual(['… 10 earlier lines …', 'line 29']);
  });
  test('what was found is marked across rows and in scrolled lines', () => {
    const text = `${'x'.repeat(16)}needle${'y'.repeat(9)}`;
    expect(found(toggleWrap(searchLog(logOf([line(text)]), 'needle', size)))).toEqual(['ne', 'edle']);
    expect(found(scrollLogSideways(searchLog(logOf([line(text)]), 'needle', size), 18, size))).toEqual([
      'edle',
    ]);
  });
});

test('whatever is done with whatever log, the view is full, fits and never throws', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const { text, below, pick } = dice(seed, { controls: true });
    const some = (): LogLine[] =>
      Array.from({ length: below(8) }, () => line(text(20), pick(['stdout', 'stderr'])));
    let log = logOf(some(), { lines: 12 });
    for (let turn = 0; turn < 30; turn += 1) {
      const at = { columns: below(30), rows: below(9) };
      const act = pick<(log: LogState) => LogState>([
        (l) => appendLog(l, some()),
        (l) => scrollLog(l, below(30) - 15, at),
        (l) => scrollLogSideways(l, below(30) - 15, at),
        (l) => searchLog(l, text(1), at),
        (l) => nextMatch(l, pick([1, -1]), at),
        (l) => toggleFollow(l, at),
        (l) => scrollLogToStart(l, at),
        toggleWrap,
        toggleTimestamps,
        toggleOnlyMatches,
      ]);
      log = act(log);
      const rows = selectLogView(log, at);
      expect(rows.length, `seed ${seed}`).toBeLessThanOrEqual(at.rows);
      for (const row of rows) {
        const whole = row.kind === 'line' ? row.gutter + row.time + row.text : row.text;
        // Narrower than the columns before the text cannot be kept; the text itself has one cell at least.
        expect(stringWidth(whole), `seed ${seed}: ${whole}`).toBeLessThanOrEqual(Math.max(at.columns, 13));
        if (row.kind === 'line')
          for (const span of row.spans) expect(span.to).toBeLessThanOrEqual(row.text.length);
      }
    }
  }
});

const median = (act: () => void): number => {
  const times = Array.from({ length: 21 }, () => {
    const started = performance.now();
    act();
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[10] ?? 0;
};

describe('speed', () => {
  const frame = { columns: 120, rows: 40 };
  test('a frame of 10,000 wrapped lines takes well under a millisecond', () => {
    const long = Array.from({ length: 10_000 }, (_, at) => line(`${at} ${'word '.repeat(at % 90)}`));
    const log = searchLog(toggleTimestamps(toggleWrap(logOf(long))), 'word', frame);
    expect(median(() => selectLogView(log, frame))).toBeLessThan(3);
  });
  test('lines of 64 KB do not matter', () => {
    const log = logOf(Array.from({ length: 100 }, () => line('日本 word '.repeat(8_000))));
    expect(median(() => selectLogView(log, frame))).toBeLessThan(3);
    expect(median(() => selectLogView(toggleWrap(log), frame))).toBeLessThan(3);
  });
});
