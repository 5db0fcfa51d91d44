import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WELCOMED } from './fresh-home.ts';
import { launchInShell, SHELL_PROMPT } from './shell.ts';
import { launch } from './terminal.ts';

const sh = (script: string, options = {}) => launch({ command: ['sh', '-c', script], ...options });

test('the screen is what a terminal would show, and until resolves to it', async () => {
  await using terminal = await sh(String.raw`printf 'one\033[2;5Htwo\r\nthree'; cat`, {
    columns: 20,
    rows: 4,
  });
  expect(await terminal.until('three')).toBe('one\n    two\nthree\n');
  expect(terminal.line(1)).toBe('    two');
  expect(terminal.find('two')).toEqual({ x: 4, y: 1 });
});

test('keys and typed text reach the program as their bytes', async () => {
  await using terminal = await sh('stty raw -echo; echo ready; cat -v');
  await terminal.until('ready');
  terminal.press('a', 'up', 'f5', 'ctrl-c', 'alt-x', 'enter');
  await terminal.until('a^[[A^[[15~^C^[x^M');
  terminal.press('esc');
  await terminal.until(/\^M\^\[$/m);
  expect(() => terminal.press('esc', 'x')).toThrow('Press esc alone');
  expect(() => terminal.press('hyper')).toThrow('no key called hyper');
});

test('a paste is marked as one only when the program asked for that', async () => {
  await using terminal = await sh(String.raw`stty raw -echo; printf 'ready\033[?2004h'; cat -v`);
  await terminal.until('ready');
  terminal.paste('a\nb');
  await terminal.until('^[[200~a');
  await using plain = await sh('stty raw -echo; printf ready; cat -v');
  await plain.until('ready');
  plain.paste('a\nb');
  await plain.until('a^Mb');
});

test('a condition that does not come true fails with the screen in the message', async () => {
  await using terminal = await sh('echo here; cat');
  await terminal.until('here');
  await expect(terminal.until('never', { timeout: 50 })).rejects.toThrow(
    /50 ms went by while waiting for "never"[^]*│here/,
  );
});

test('waiting for a program that has ended fails at once and says how it ended', async () => {
  await using terminal = await sh('echo bye; exit 3');
  await expect(terminal.until('never', { timeout: 60_000 })).rejects.toThrow(
    /The program ended \(exit code 3\)[^]*│bye/,
  );
  expect(await terminal.exited).toEqual({ code: 3, signal: 0 });
});

test('colours and attributes of a cell can be read', async () => {
  await using terminal = await sh(
    String.raw`printf '\033[1;31ma\033[0;38;5;200mb\033[0;7;48;2;1;2;3mc\033[0;2;4md\033[0m \346\274\242x'; cat`,
  );
  await terminal.until('x');
  expect(terminal.cell(0, 0)).toMatchObject({ text: 'a', bold: true, foreground: 1, background: 'default' });
  expect(terminal.cell(1, 0)).toMatchObject({ foreground: 200, bold: false });
  expect(terminal.cell(2, 0)).toMatchObject({ background: '#010203', inverse: true });
  expect(terminal.cell(3, 0)).toMatchObject({ dim: true, underline: true });
  expect(terminal.find('x')).toEqual({ x: 7, y: 0 });
});

test('a frame is looked at only when it is complete', async () => {
  await using terminal = await sh(
    String.raw`printf 'start'; read -r _; printf '\033[?2026hhalf'; read -r _; printf '\rwhole    \033[?2026l'; cat`,
  );
  await terminal.until('start');
  terminal.type('\n');
  const seen: string[] = [];
  const whole = terminal.until((screen) => {
    seen.push(screen);
    return screen.includes('whole');
  });
  terminal.type('\n');
  await whole;
  expect(seen.filter((screen) => screen.includes('half') && !screen.includes('whole'))).toEqual([]);
});

test('the mouse is sent in cells, and only to a program that asked for it', async () => {
  await using terminal = await sh(
    String.raw`stty raw -echo; printf ready; head -c 1 >/dev/null; printf '\033[?1000h\033[?1006hmouse'; cat -v`,
  );
  await terminal.until('ready');
  expect(() => terminal.click(0, 0)).toThrow('has not asked');
  terminal.press('x');
  await terminal.until('mouse');
  terminal.click(9, 4);
  terminal.wheel(0, 1, 'down');
  await terminal.until('^[[<0;10;5M^[[<0;10;5m^[[<65;1;2M');
});

test('a resize reaches the program', async () => {
  await using terminal = await sh('trap "stty size" WINCH; echo ready; while :; do sleep 0.05; done');
  await terminal.until('ready');
  terminal.resize(90, 22);
  await terminal.until('22 90');
});

test('the home holds only that Slipway has been seen before, the environment is quiet, and both are gone afterwards', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  let home = '';
  {
    await using terminal = await sh('env; cd "$HOME"; find . -type f; ls -Am; echo listed; cat', {
      env: { MINE: 'yes' },
      rows: 100,
    });
    home = terminal.home;
    const screen = await terminal.until('listed');
    expect(screen).toContain('MINE=yes');
    expect(screen).not.toMatch(/^(DOCKER_HOST|CI|VITEST|npm_config_\w+)=/m);
    expect(screen).toMatch(/^\.local, run, tmp$/m);
    expect(screen.match(/^\.\/.*$/gm)).toEqual([`./${WELCOMED}`]);
  }
  expect(existsSync(home)).toBe(false);
});

test('nothing of what a shell started outlives the terminal', async () => {
  let child = 0;
  {
    await using terminal = await sh('sleep 1000 & echo child=$!; cat');
    child = Number(/child=(\d+)/.exec(await terminal.until(/child=\d+/))?.[1]);
  }
  // Until its new parent has collected it, a process that has ended is still there, with the mark Z.
  await expect
    .poll(() => spawnSync('ps', ['-o', 'stat=', '-p', String(child)]).stdout.toString())
    .toMatch(/^(Z.*\s*)?$/);
});

test('a shell can be asked before and after a program had its terminal', async () => {
  await using shell = await launchInShell({ columns: 80, rows: 24 });
  await shell.until(SHELL_PROMPT);
  const before = await shell.ask('stty -a');
  expect(before).toMatch(/rows 24; columns 80/);
  // Only what the program itself prints shows that it has the terminal.
  shell.type("sh -c 'echo running; exec cat'\n");
  await shell.until(/^running$/m);
  shell.press('ctrl-z');
  await shell.until('Stopped');
  shell.type('fg\n');
  await shell.until(/> fg\nsh -c/);
  shell.press('ctrl-c');
  // What is typed before the prompt is back may be thrown away with the Ctrl-C.
  await shell.until(/\^C\n+the-shell> $/m);
  expect(await shell.ask('stty -a')).toBe(before);
});
