import { describe, expect, test } from 'vitest';
import { openPlainShell, openPreparedShell, type ShellSetting } from './open-prepared-shell.ts';

const fish = (config = '', more: Partial<ShellSetting> = {}): ShellSetting => ({
  kind: 'fish',
  file: '/usr/bin/fish',
  ...more,
  files: {
    '.config/fish/config.fish': `set -g fish_greeting\nfunction fish_prompt; echo -n 'me> '; end\n${config}`,
    ...more.files,
  },
});

const ran = (line: string, code: number) => [`E;${line}`, 'C', `D;${code}`, 'A', 'B'];
/** fish asks for its prompt again whenever it draws it again, and fish 4 says the same in other words. */
const once = (marks: readonly string[]) =>
  marks
    .flatMap((mark) => {
      const line = /^C;cmdline_url=(.*)/.exec(mark)?.[1];
      if (line !== undefined) return [`E;${escaped(decodeURIComponent(line))}`, 'C'];
      return [mark.replace(/^A;.*/, 'A')];
    })
    .filter((mark, i, all) => !('AB'.includes(mark) && all.slice(0, i).includes(mark)));
const escaped = (line: string) =>
  line.replaceAll('\\', '\\\\').replaceAll(';', '\\x3b').replaceAll('\n', '\\x0a');

describe('how a command ended', () => {
  test.each([
    ['true', 0],
    ['false', 1],
    ['ls /nowhere', 2],
    ["sh -c 'exit 42'", 42],
    ['no-such-program-here', 127],
    ['false | true', 0],
  ])('%s is told as %i', async (line, code) => {
    await using shell = await openPreparedShell(fish());
    await shell.untilPrompt();
    expect(once(shell.marks())).toEqual(['A', 'B']);
    expect(once(await shell.run(line))).toEqual(ran(line, code));
  });

  test('a command ended by Ctrl-C is told as 130', async () => {
    await using shell = await openPreparedShell(fish());
    await shell.untilPrompt();
    // The program itself says that it runs: before it has the terminal, Ctrl-C would reach the shell.
    shell.type(`sh -c 'echo run""ning; exec sleep 100'\n`);
    await shell.until(/^running *\n/m);
    expect(once(await shell.run('\x03', ''))).toEqual(['D;130', 'A', 'B']);
  });
});

test.each([
  ['with what would end the mark', 'echo a; echo b\\\\c', 'echo a\\x3b echo b\\\\\\\\c'],
  ['with several lines', "echo 'two\nlines'", "echo 'two\\x0alines'"],
  ['with letters of all kinds', 'echo è漢🚀', 'echo è漢🚀'],
])('the typed line is told %s', async (_what, line, told) => {
  await using shell = await openPreparedShell(fish());
  await shell.untilPrompt();
  expect(once(await shell.run(line))).toEqual(ran(told, 0));
});

test('a prompt sees how the last commands ended', async () => {
  const prompt =
    'function fish_prompt; set -l all $pipestatus; set -l last $status; echo -n "$all,$last> "; end';
  await using shell = await openPreparedShell(fish(prompt));
  await shell.untilPrompt();
  await shell.until('0,0> ');
  shell.type("sh -c 'exit 3' | sh -c 'exit 5'\n");
  await shell.until('3 5,5> ');
  shell.type('true | true | false\n');
  await shell.until('0 0 1,1> ');
});

test('a prompt set anew keeps its marks', async () => {
  await using shell = await openPreparedShell(fish());
  await shell.untilPrompt();
  await shell.run("function fish_prompt; echo -n 'new> '; end");
  await shell.until('new> ');
  expect(once(await shell.run('false'))).toEqual(ran('false', 1));
});

test('shows what a plain fish shows, and leaves the same history', async () => {
  const seen = await Promise.all(
    [openPlainShell, openPreparedShell].map(async (open) => {
      await using shell = await open(fish('function fish_right_prompt; echo right; end', { columns: 60 }));
      for (const [index, line] of [
        'echo one',
        'not true',
        'echo $status',
        `set x ${'y'.repeat(80)}`,
      ].entries()) {
        await shell.until((screen) => screen.split('me> ').length > index + 1);
        shell.type(`${line}\n`);
      }
      await shell.until((screen) => screen.split('me> ').length > 5);
      const screen = shell.screen().replaceAll(shell.home, 'HOME');
      shell.type('exit\n');
      await shell.exited;
      const history = await shell.read('.local/share/fish/fish_history');
      return { screen, history: history.replaceAll(/when: \d+/g, 'when') };
    }),
  );
  expect(seen[1]).toEqual(seen[0]);
});

test('the environment is ours where the user’s files have set it otherwise', async () => {
  const pinned = {
    variables: { DOCKER_HOST: "unix:///tmp/a 'b' \\$c.sock", DOCKER_CONTEXT: null },
    programs: '/our programs',
  };
  const config =
    'set -gx DOCKER_HOST tcp://elsewhere:1; set -gx DOCKER_CONTEXT other; set -gx PATH /usr/bin /bin';
  await using shell = await openPreparedShell(fish(config, { pinned }));
  await shell.untilPrompt();
  await shell.run(`env | grep -E "^(DOCKER|PATH)" | sort > ${shell.home}/answer`);
  expect(await shell.read('answer')).toBe(
    "DOCKER_HOST=unix:///tmp/a 'b' \\$c.sock\nPATH=/usr/bin:/bin:/our programs\n",
  );
});
