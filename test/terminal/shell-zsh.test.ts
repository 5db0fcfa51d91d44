import { describe, expect, test } from 'vitest';
import { openPlainShell, openPreparedShell, type ShellSetting } from './open-prepared-shell.ts';

const zsh = (zshrc = '', more: Partial<ShellSetting> = {}): ShellSetting => ({
  kind: 'zsh',
  file: '/bin/zsh',
  ...more,
  // Without a file of the user's, zsh would ask whether to make one.
  files: { '.zshrc': `PS1='me> '\n${zshrc}`, ...more.files },
});

const ran = (line: string, code: number) => [`E;${line}`, 'C', `D;${code}`, 'A', 'B'];

describe('how a command ended', () => {
  test.each([
    ['true', 0],
    ['false', 1],
    ['ls /nowhere', 2],
    ['(exit 42)', 42],
    ['no-such-program-here', 127],
    ['false | true', 0],
    ['! true', 1],
  ])('%s is told as %i', async (line, code) => {
    await using shell = await openPreparedShell(zsh());
    await shell.untilPrompt();
    expect(shell.marks()).toEqual(['A', 'B']);
    expect(await shell.run(line)).toEqual(ran(line, code));
  });

  test('a command ended by Ctrl-C is told as 130', async () => {
    await using shell = await openPreparedShell(zsh());
    await shell.untilPrompt();
    // The program itself says that it runs: before it has the terminal, Ctrl-C would reach the shell.
    shell.type(`sh -c 'echo run""ning; exec sleep 100'\n`);
    await shell.until(/^running$/m);
    expect(await shell.run('\x03', '')).toEqual(['D;130', 'A', 'B']);
  });

  test('a line given up with Ctrl-C, and an empty one, are not commands', async () => {
    await using shell = await openPreparedShell(zsh('setopt interactive_comments'));
    await shell.untilPrompt();
    await shell.run('(exit 7)');
    expect(await shell.run('')).toEqual(['D', 'A', 'B']);
    shell.type('half a line');
    await shell.until('half a line');
    expect(await shell.run('\x03', '')).toEqual(['D', 'A', 'B']);
    expect(await shell.run('false')).toEqual(ran('false', 1));
  });

  test('a line that zsh cannot read has its code, but nothing ran', async () => {
    await using shell = await openPreparedShell(zsh());
    await shell.untilPrompt();
    expect(await shell.run('echo )')).toEqual(['D;1', 'A', 'B']);
  });
});

describe('the typed line is told', () => {
  test.each([
    ['with what would end the mark', 'echo a; echo b\\\\c', 'echo a\\x3b echo b\\\\\\\\c'],
    ['with several lines', "echo 'two\nlines'", "echo 'two\\x0alines'"],
    ['with a heredoc', 'cat <<end\ntext\nend', 'cat <<end\\x0atext\\x0aend'],
    ['with letters of all kinds', 'echo è漢🚀', 'echo è漢🚀'],
    ['after a space that keeps it out of the history', ' echo secret', ' echo secret'],
  ])('%s', async (_what, line, told) => {
    await using shell = await openPreparedShell(zsh('setopt hist_ignore_space'));
    await shell.untilPrompt();
    expect(await shell.run(line)).toEqual(ran(told, 0));
  });
});

describe('marks stay in their places with a user’s', () => {
  test.each([
    ['precmd function', "precmd() { PS1='own> ' }"],
    ['precmd hooks', "autoload -Uz add-zsh-hook; p() { false }; add-zsh-hook precmd p; PS1='own> '"],
    ['prompt_subst', "setopt prompt_subst; PS1='$(echo own)> '"],
    [
      'percent sign at the end',
      "unsetopt prompt_percent; PS1='own> '; setopt prompt_percent; PS1+='%'; PS1=${PS1%\\%}",
    ],
    ['right prompt', "PS1='own> '; RPROMPT='right'"],
    ['ksh_arrays', "PS1='own> '; setopt ksh_arrays"],
    ['err_return and no_unset', "PS1='own> '; setopt err_return no_unset"],
    ['sh_word_split', "PS1='own> '; setopt sh_word_split; IFS=0123456789"],
    ['warn_create_global', "PS1='own> '; setopt warn_create_global warn_nested_var"],
    ['no_clobber', "PS1='own> '; setopt no_clobber"],
    ['DEBUG trap', "PS1='own> '; TRAPDEBUG() { last=$ZSH_DEBUG_CMD }"],
    ['aliases over commands', "PS1='own> '; alias print=false local=false if=false emulate=false"],
    ['global aliases', "PS1='own> '; alias -g code=never D=never"],
    ['vi keys', "PS1='own> '; bindkey -v"],
  ])('%s', async (_what, zshrc) => {
    await using shell = await openPreparedShell(zsh(zshrc));
    await shell.untilPrompt();
    await shell.run('echo ok');
    expect(await shell.run('! echo again')).toEqual(ran('! echo again', 1));
    expect(shell.screen()).not.toMatch(/__slipway|not found|133/);
  });
});

test('a hook of the user’s that sets the prompt goes before ours from the second prompt on', async () => {
  await using shell = await openPreparedShell(zsh("precmd_functions+=(p); p() { PS1='own> ' }"));
  await shell.until(/^own> /m);
  expect(await shell.run('false')).toEqual(ran('false', 1));
  expect(shell.marks()).toEqual(['A', ...ran('false', 1)]);
});

describe('nothing of the user’s is changed:', () => {
  const FILES = {
    '.zshenv': 'echo "env in ${ZDOTDIR-none}"',
    '.zprofile': 'echo "profile in ${ZDOTDIR-none}"',
    '.zlogin': 'echo "login in ${ZDOTDIR-none}"',
  };

  test.each([false, true])('its files are read in their order (as a login shell: %s)', async (login) => {
    await using shell = await openPreparedShell(zsh('echo "rc in ${ZDOTDIR-none}"', { login, files: FILES }));
    await shell.untilPrompt();
    const read = login ? ['env', 'profile', 'rc', 'login'] : ['env', 'rc'];
    expect(shell.screen().trimEnd()).toBe(
      [...read.map((name) => `${name} in none`), 'me> '].join('\n').trimEnd(),
    );
  });

  test('a ZDOTDIR of the user’s leads to their files, from outside or from their .zshenv', async () => {
    const files = {
      '.zshenv': 'export ZDOTDIR=~HOME~/own',
      'own/.zshrc': "PS1='own $ZDOTDIR> '; setopt prompt_subst",
    };
    await using shell = await openPreparedShell(zsh('', { files }));
    await shell.untilPrompt();
    expect(await shell.ask('echo $ZDOTDIR')).toBe(`${shell.home}/own\n`);
    const other = { 'other/.zshrc': "PS1='other> '" };
    await using second = await openPreparedShell(zsh('', { files: other, env: { ZDOTDIR: '~HOME~/other' } }));
    await second.untilPrompt();
    expect(await second.ask('echo $ZDOTDIR')).toBe(`${second.home}/other\n`);
  });

  test('the history file, the prompt and the options read as in a plain zsh', async () => {
    const setting = zsh('HISTFILE=~/.zsh_history; SAVEHIST=100; HISTSIZE=100; RPROMPT=r; alias ll="ls -l"', {
      files: { '.zsh_history': 'echo before\n' },
    });
    const question =
      '{ setopt; alias; functions -M; echo "$PS1|$RPROMPT|$?|$HISTFILE|$-|$0|$precmd_functions"; } > answer 2>&1';
    const answers = await Promise.all(
      [openPlainShell, openPreparedShell].map(async (open) => {
        await using shell = await open(setting);
        await shell.until('me> ');
        shell.type(`${question}\necho two words\nexit\n`);
        await shell.exited;
        return {
          answer: (await shell.read('answer')).replaceAll(shell.home, '~'),
          history: await shell.read('.zsh_history'),
        };
      }),
    );
    expect(answers[1]?.history).toBe(answers[0]?.history);
    expect(answers[1]?.answer.replace('__slipway_precmd', '')).toBe(answers[0]?.answer);
  });

  test.each([
    ['nothing', ''],
    ['a prompt of two lines', "PS1=$'%F{green}è漢 %~ %?%f\\n> '"],
    ['a prompt with a command', "setopt prompt_subst; PS1='$(echo $?) > '"],
    ['a right prompt', "RPROMPT='%B%?%b right'"],
    ['the status of a file that ends badly', "PS1='%? > '; (exit 5)"],
    ['a precmd that prints', 'precmd() { echo "ended: $?" }'],
    ['a preexec that prints', 'preexec() { echo "starts: $1" }'],
    ['output without an end of line', "PS1='> '; unsetopt prompt_cr"],
  ])('with %s it shows what a plain zsh shows', async (_what, zshrc) => {
    const screens = await Promise.all(
      [openPlainShell, openPreparedShell].map(async (open) => {
        await using shell = await open(zsh(zshrc, { columns: 60 }));
        for (const [index, line] of [
          'echo one',
          '! true',
          'printf two',
          'echo $_ $?',
          'x='.padEnd(100, 'y'),
        ].entries()) {
          await shell.until(() => (shell.raw().match(/\x1b\[\?2004h/g) ?? []).length > index);
          shell.type(`${line}\n`);
        }
        await shell.until(() => (shell.raw().match(/\x1b\[\?2004h/g) ?? []).length > 5);
        return shell.screen().replaceAll(shell.home, 'HOME');
      }),
    );
    expect(screens[1]).toBe(screens[0]);
  });
});

test('the environment is ours where the user’s files have set it otherwise', async () => {
  const pinned = {
    variables: { DOCKER_HOST: "unix:///tmp/a 'b' $c.sock", DOCKER_CONTEXT: null },
    programs: '/our programs',
  };
  const zshrc = 'export DOCKER_HOST=tcp://elsewhere:1 DOCKER_CONTEXT=other; path=(/usr/bin /bin)';
  await using shell = await openPreparedShell(zsh(zshrc, { pinned }));
  await shell.untilPrompt();
  expect(await shell.ask('env | grep -E "^(DOCKER|PATH|ZDOTDIR)" | sort')).toBe(
    "DOCKER_HOST=unix:///tmp/a 'b' $c.sock\nPATH=/usr/bin:/bin:/our programs\n",
  );
});
