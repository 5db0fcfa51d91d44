import { describe, expect, test } from 'vitest';
import { openPlainShell, openPreparedShell, type ShellSetting } from './open-prepared-shell.ts';

const SHELLS = [
  ['sh', '/bin/sh'],
  ['dash', '/bin/dash'],
  ['busybox', '/bin/busybox'],
] as const;

describe.each(SHELLS)('%s', (_name, file) => {
  const sh = (rc = '', more: Partial<ShellSetting> = {}): ShellSetting => ({
    kind: 'sh',
    file,
    env: { ENV: '~HOME~/my env' },
    ...more,
    files: { 'my env': rc },
  });

  test.each([
    ['true', 0],
    ['false', 1],
    ['ls /nowhere', file === '/bin/busybox' ? 1 : 2],
    ['(exit 42)', 42],
    ['no-such-program-here', 127],
    ['! true', 1],
  ])('%s is told as %i by the next prompt', async (line, code) => {
    // Its own `ls`, so that the code does not depend on what is installed.
    await using shell = await openPreparedShell(sh('PATH=/usr/bin:/bin', { columns: 200 }));
    await shell.untilPrompt();
    expect(shell.marks()).toEqual(['D;0', 'A', 'B']);
    expect(await shell.run(line)).toEqual([`D;${code}`, 'A', 'B']);
  });

  test('a command ended by Ctrl-C is told as 130', async () => {
    await using shell = await openPreparedShell(sh());
    await shell.untilPrompt();
    // The program itself says that it runs: before it has the terminal, Ctrl-C would reach the shell.
    shell.type(`sh -c 'echo run""ning; exec sleep 100'\n`);
    await shell.until(/^running$/m);
    expect(await shell.run('\x03', '')).toEqual(['D;130', 'A', 'B']);
  });

  test('the user’s $ENV file is read, its prompt kept, and the environment is ours', async () => {
    const pinned = {
      variables: { DOCKER_HOST: "unix:///a'b.sock", DOCKER_CONTEXT: null },
      programs: '/our programs',
    };
    const rc =
      "PS1='own $((1+1))> '; alias hi='echo hello'; export DOCKER_HOST=tcp://x:1 DOCKER_CONTEXT=y; PATH=/usr/bin:/bin";
    await using shell = await openPreparedShell(sh(rc, { pinned }));
    await shell.untilPrompt();
    await shell.until(/^own 2> $/m);
    expect(await shell.ask('hi; env | grep -E "^(DOCKER|ENV|PATH=)" | sort; set | grep -c __slipway_e')).toBe(
      `hello\nDOCKER_HOST=unix:///a'b.sock\nENV=${shell.home}/my env\nPATH=/usr/bin:/bin:/our programs\n0\n`,
    );
  });

  test('shows what a plain one shows, also in a long line', async () => {
    const setting = sh('', { columns: 50 });
    const screens = await Promise.all(
      [openPlainShell, openPreparedShell].map(async (open) => {
        await using shell = await open(setting);
        await shell.until(/[$#] $/m);
        shell.type('echo '.padEnd(80, 'y'));
        await shell.until(/y{30}\s*$/);
        shell.type(' end\n');
        await shell.until(/y{75} end|[$#] $/m);
        shell.type('exit\n');
        await shell.exited;
        return shell.screen().replaceAll(shell.home, 'HOME');
      }),
    );
    expect(screens[1]).toBe(screens[0]);
  });
});

test('a bash that is called sh keeps its prompt and its line editing', async () => {
  const setting: ShellSetting = { kind: 'sh', file: '/bin/bash', env: { POSIXLY_CORRECT: '1' } };
  await using shell = await openPreparedShell(setting);
  await shell.untilPrompt();
  expect(await shell.run('(exit 42)')).toEqual(['D;42', 'A', 'B']);
});
