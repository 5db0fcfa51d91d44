import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import { openPane, openPlainBash, type Pane, PROMPT } from './terminal-pane.ts';

const STATUS = 'set laststatus=2 statusline=now\\ %{&columns}\\ by\\ %{&lines}';

let engine: Awaited<ReturnType<typeof startFakeEngine>>;
beforeAll(async () => {
  engine = await startFakeEngine({ containers: 2 });
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('a program in the terminal pane', () => {
  it('hears of each new size, and draws itself as in a plain terminal', async () => {
    await using pane = await openPane(engine.host, { files: { text: 'hello\n' } });
    pane.type(`vi -n -u NONE -N -c '${STATUS}' ~/text`);
    await pane.until(/^now \d+ by \d+/m);
    for (const [columns, rows] of [
      [100, 30],
      [80, 24],
      [160, 50],
    ] as const) {
      pane.slipway.resize(columns, rows);
      await pane.slipway.until(() => isIn(pane, columns, rows));
      const { width, height } = pane.rect();
      await pane.until(`now ${width} by ${height}`);
    }
    pane.lead('+');
    await pane.until('now 158 by 46');
    pane.lead('+');
    await pane.slipway.until('1 Containers');
  });

  it('that leaves the alternate screen leaves what was there before', async () => {
    await using pane = await openPane(engine.host, { files: { text: 'in the file\n'.repeat(100) } });
    pane.type('echo before; less ~/text');
    await pane.until('in the file');
    expect(pane.text()).not.toContain('before');
    pane.slipway.press('q');
    expect(await pane.until(/^before\n/m)).not.toContain('in the file');
  });

  it('can be interrupted', async () => {
    await using pane = await openPane(engine.host);
    pane.type('sleep 1000');
    await pane.untilMarked(`${PROMPT} sleep 1000`, '▸');
    pane.slipway.press('ctrl-c');
    await pane.slipway.until(/✗ 130: /);
    await pane.untilMarked(`${PROMPT} sleep 1000`, '✗');
  });

  it('can be stopped and continued, and does not stop Slipway', async () => {
    await using pane = await openPane(engine.host);
    pane.type('echo ready; cat');
    await pane.until(/^ready$/m);
    pane.type('once');
    await pane.until(/once\nonce/);
    pane.slipway.press('ctrl-z');
    await pane.until('Stopped');
    pane.type('fg');
    await pane.until(/fg\necho ready; cat|fg\ncat/);
    pane.type('twice');
    await pane.until(/twice\ntwice/);
  });

  it('has the mouse when it has asked for it', async () => {
    await using pane = await openPane(engine.host, { files: { text: 'one two three\nfour five six\n' } });
    pane.type('vi -n -u NONE -N -c "set mouse=a ruler" ~/text');
    await pane.until(/1,1 /);
    const { x, y } = pane.find('five');
    pane.slipway.click(x, y);
    await pane.until(/2,6 /);
    pane.slipway.type('x');
    await pane.until('four ive six');
  });
});

describe('keys answer and the last screen is right', () => {
  it('while yes runs: another pane can be chosen, and it can be interrupted', async () => {
    await using pane = await openPane(engine.host);
    pane.type('yes');
    await pane.until(/^y$/m);
    pane.lead('1');
    await pane.slipway.until('━ 1 Containers');
    pane.slipway.press('j');
    await pane.slipway.until('container-1 says hello');
    pane.slipway.press('6');
    await pane.slipway.until('━ 6 Terminal');
    pane.slipway.press('ctrl-c');
    await pane.slipway.until(/✗ 130: /);
    pane.type('clear; echo still here');
    await pane.until(/^still here\nme>/);
  });

  it('after 200,000 lines, and after a large file', async () => {
    await using pane = await openPane(engine.host);
    await using plain = await openPlainBash(pane);
    const many = `clear; yes | head -200000; seq 1 300000; echo the end\n`;
    for (const terminal of [pane.slipway, plain]) terminal.type(many);
    await Promise.all([pane.until(/^the end\nme>/m), plain.until(/^the end\nme>/m)]);
    await pane.looksLike(plain);
  });

  it('after binary rubbish', async () => {
    await using pane = await openPane(engine.host);
    pane.type(`head -c 2000000 /dev/urandom; printf '\\033c\\033[!p'; clear; echo sound`);
    await pane.until(/^sound\nme>/);
    expect(isIn(pane, 120, 40)).toBe(true);
    pane.lead('1');
    await pane.slipway.until('━ 1 Containers');
    expect(pane.slipway.screen()).toContain('2 Images');
  });
});

describe('what has scrolled away', () => {
  it('comes back with the wheel and with the leader and PgUp; Esc leads to the newest, typing too', async () => {
    await using pane = await openPane(engine.host);
    pane.type('clear; seq 1 200');
    await pane.until(/^200\nme>/m);
    const { x, y } = pane.rect();
    pane.slipway.wheel(x + 3, y + 3, 'up', 10);
    await pane.slipway.until(/\d+ lines back/);
    expect(pane.text()).not.toMatch(/^200$/m);
    pane.slipway.press('esc');
    await pane.until(/^200\nme>/m);
    pane.lead('pageup');
    await pane.slipway.until(/\d+ lines back/);
    pane.slipway.press('home');
    await pane.until(/^1\n2\n/m);
    pane.type('echo back');
    await pane.until(/^back\nme>/m);
  });
});

describe('text of the terminal pane', () => {
  it('that is selected with the mouse is copied: by dragging, by word and by line', async () => {
    await using pane = await openPane(engine.host);
    pane.type('clear; echo alpha beta gamma');
    await pane.until(/^alpha beta gamma\nme>/m);
    const from = pane.find('alpha beta');
    pane.slipway.drag({ x: from.x + 6, y: from.y }, { x: from.x + 9, y: from.y });
    await untilCopied(pane, 'beta');
    pane.slipway.click(from.x, from.y);
    pane.slipway.click(from.x, from.y);
    await untilCopied(pane, 'alpha');
    pane.slipway.click(from.x + 12, from.y);
    pane.slipway.click(from.x + 12, from.y);
    pane.slipway.click(from.x + 12, from.y);
    await untilCopied(pane, 'alpha beta gamma');
  });

  it('arrives whole and unexecuted when it is pasted', async () => {
    await using pane = await openPane(engine.host);
    pane.slipway.paste('echo first\necho second\necho third');
    await pane.until(/^me> echo first\necho second\necho third/);
    expect(pane.text()).not.toMatch(/^(first|second|third)$/m);
    pane.slipway.press('enter');
    await pane.until(/^first\nsecond\nthird\nme>/m);
  });

  it('has no colours with NO_COLOR, but bold and inverse', async () => {
    await using pane = await openPane(engine.host, { env: { NO_COLOR: '1' } });
    pane.type(`clear; printf '\\033[1;31mbold\\033[0m \\033[7;38;2;1;2;3minverse\\033[0m\\n'`);
    await pane.until(/^bold inverse/m);
    const { x, y } = pane.find('bold inverse');
    expect(pane.slipway.cell(x, y)).toMatchObject({ bold: true, foreground: 'default' });
    expect(pane.slipway.cell(x + 5, y)).toMatchObject({ inverse: true, foreground: 'default' });
  });
});

it('the leader pressed twice goes to the shell, and an unknown key after it says so', async () => {
  await using pane = await openPane(engine.host);
  pane.type('echo ready; cat -v');
  await pane.until(/^ready$/m);
  pane.slipway.press('ctrl-g', 'ctrl-g', 'enter');
  await pane.until('^G\n^G');
  pane.lead('Ö');
  await pane.slipway.until('means nothing here');
});

/** Nothing is missing at the right and at the bottom. */
function isIn({ slipway }: Pane, columns: number, rows: number): boolean {
  const lines = slipway.screen().split('\n');
  return (
    lines.length === rows &&
    /[╯┙]$/.test(lines[rows - 2] ?? '') &&
    slipway.cell(columns - 1, rows - 2).text !== ''
  );
}

async function untilCopied({ slipway }: Pane, text: string): Promise<void> {
  const sequence = `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
  const isCopied = (): boolean => slipway.raw().includes(sequence);
  await slipway.until(Object.assign(isCopied, { toString: () => `a copy of ${text}` }));
}
