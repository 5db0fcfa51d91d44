import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import { openSlipway } from './open-slipway.ts';
import { isInstalled } from './is-installed.ts';
import { openPane, paneOf, PROMPT, withBash } from './terminal-pane.ts';

const BASHRC = `PS1='${PROMPT} '
alias greet='echo hello from an alias'
export MINE=kept
PROMPT_COMMAND='LAST=$?'
`;

let engine: Awaited<ReturnType<typeof startFakeEngine>>;
beforeAll(async () => {
  engine = await startFakeEngine({ containers: 3 });
});
afterAll(() => engine[Symbol.asyncDispose]());

describe('the person’s own settings', () => {
  it('hold in a bash of the terminal pane, and no file of theirs is changed but the history that bash keeps', async () => {
    const files = {
      '.bashrc': BASHRC,
      '.bash_history': 'echo earlier\n',
      '.inputrc': 'set bell-style none\n',
    };
    await using pane = await openPane(engine.host, { files });
    const { home } = pane.slipway;
    const before = await readdir(home);
    pane.type('clear; greet; echo $MINE');
    await pane.until(/^hello from an alias\nkept\nme>/);
    pane.type('clear; (exit 5); :');
    pane.type('false');
    pane.type('echo last=$LAST');
    await pane.until(/^last=1$/m);
    pane.type('exit');
    await pane.slipway.until('The shell has ended');
    expect(await readdir(home)).toEqual(before);
    expect(await readFile(join(home, '.bashrc'), 'utf8')).toBe(files['.bashrc']);
    expect(await readFile(join(home, '.inputrc'), 'utf8')).toBe(files['.inputrc']);
    expect(await readFile(join(home, '.bash_history'), 'utf8')).toBe(
      [
        'echo earlier',
        'clear; greet; echo $MINE',
        'clear; (exit 5); :',
        'false',
        'echo last=$LAST',
        'exit',
        '',
      ].join('\n'),
    );
  });

  it.skipIf(!isInstalled('zsh'))('hold in a zsh, too', async () => {
    const rc = `PROMPT='${PROMPT} '\nalias greet='echo hello from an alias'\n`;
    await using slipway = await openSlipway(
      engine.host,
      withBash({ env: { SHELL: '/usr/bin/zsh' }, files: { '.zshrc': rc } }),
    );
    slipway.press('6');
    const pane = paneOf(slipway);
    await pane.until(PROMPT);
    expect(pane.title()).toContain('[zsh]');
    pane.type('greet; false');
    await pane.until(/^hello from an alias$/m);
    await slipway.until(/✗ 1: /);
    expect(await readFile(join(slipway.home, '.zshrc'), 'utf8')).toBe(rc);
  });

  it.each(['fish', 'dash'].filter(isInstalled))('%s is opened where it is the shell', async (name) => {
    await using slipway = await openSlipway(
      engine.host,
      withBash({ env: { SHELL: `/usr/bin/${name}`, PS1: '$ ' } }),
    );
    slipway.press('6');
    const pane = paneOf(slipway);
    await pane.until(/[#$>] ?$/m);
    pane.type('echo six is (math 2 x 3)'.replace(/\(.*\)/, name === 'fish' ? '(math 2 x 3)' : '$((2 * 3))'));
    await pane.until(/^six is 6$/m);
  });

  it('a shell that is not there is not opened, another one is', async () => {
    await using pane = await openPane(engine.host, { env: { SHELL: '/no/such/shell' } });
    pane.type('echo $0');
    await pane.until(/^\S*bash$/m);
  });
});

describe('in a small window and for a screen reader', () => {
  it('80×24 has room for a terminal of at least 10 rows, one list and the details', async () => {
    await using pane = await openPane(engine.host, { columns: 80, rows: 24 });
    const { width, height } = pane.rect();
    expect(height).toBeGreaterThanOrEqual(10);
    expect(width).toBe(78);
    expect(pane.slipway.screen()).toMatch(/1 Containers[^]*container-0/);
    pane.type('clear; stty size');
    await pane.until(new RegExp(`^${height} ${width}$`, 'm'));
    pane.lead('7');
    await pane.slipway.until('━ 7 Wire');
    expect(pane.slipway.screen()).not.toContain('6 Terminal');
    pane.slipway.press('T');
    await pane.slipway.untilGone('7 Wire');
    pane.slipway.press('6');
    await pane.until(new RegExp(`^${height} ${width}$`, 'm'));
  });

  it('plain lines give the text of the shell, without frames', async () => {
    const options = withBash({ args: ['--screen-reader'], ready: 'container-0' });
    await using slipway = await openSlipway(engine.host, options);
    slipway.press('6');
    await slipway.until(PROMPT);
    slipway.type('echo read "this aloud"; false\n');
    await slipway.until(/^read this aloud/m);
    await slipway.until(/1: /);
    expect(slipway.raw()).not.toMatch(/[\u2500-\u257f]/);
    slipway.press('ctrl-g', '1');
    await slipway.until('container-0');
  });
});
