import { describe, expect, test } from 'vitest';
import { openPlainShell, openPreparedShell, type ShellSetting } from './open-prepared-shell.ts';

const bash = (bashrc = '', more: Partial<ShellSetting> = {}): ShellSetting => ({
  kind: 'bash',
  file: '/bin/bash',
  ...more,
  files: { '.bashrc': `PS1='me> '\n${bashrc}`, ...more.files },
});

/** The marks of a command that ended with a code, and of the prompt after it. */
const ran = (code: number) => ['C', `D;${code}`, 'A', 'B'];

/** Nothing but the prompt stands in the last line that was written. */
function isAtPrompt(output: string): boolean {
  const text = output.replaceAll(/\x1b\][^\x07]*\x07|\x1b\[[?\d;]*[a-zA-Z]/g, '');
  return /^[^\n]*> $/.test(text.slice(text.lastIndexOf('\n') + 1));
}

describe('how a command ended', () => {
  test.each([
    ['true', 0],
    ['false', 1],
    ['ls /nowhere', 2],
    ['(exit 42)', 42],
    ['no-such-program-here', 127],
    ['false | true', 0],
    ['set -o pipefail; false | true', 1],
    ['sleep 100 & kill -9 $!; wait $!', 137],
    ['! true', 1],
    ['exec 3>&1; (exit 3)', 3],
  ])('%s is told as %i', async (line, code) => {
    await using shell = await openPreparedShell(bash());
    await shell.untilPrompt();
    expect(shell.marks()).toEqual(['A', 'B']);
    expect(await shell.run(line)).toEqual(ran(code));
  });

  test('a command ended by Ctrl-C is told as 130', async () => {
    await using shell = await openPreparedShell(bash());
    await shell.untilPrompt();
    // The program itself says that it runs: before it has the terminal, Ctrl-C would reach the shell.
    shell.type(`sh -c 'echo run""ning; exec sleep 100'\n`);
    await shell.until(/^running$/m);
    expect(await shell.run('\x03', '')).toEqual(['D;130', 'A', 'B']);
  });

  test('a line given up with Ctrl-C, and an empty one, are not commands', async () => {
    await using shell = await openPreparedShell(bash());
    await shell.untilPrompt();
    await shell.run('(exit 7)');
    expect(await shell.run('')).toEqual(['D', 'A', 'B']);
    expect(await shell.run('   ')).toEqual(['D', 'A', 'B']);
    expect(await shell.run('# a remark')).toEqual(['D', 'A', 'B']);
    expect(await shell.run('half a line\x03', '')).toEqual(['D', 'A', 'B']);
    expect(await shell.run('false')).toEqual(ran(1));
  });

  test('a line that bash cannot read has its code, but nothing ran', async () => {
    await using shell = await openPreparedShell(bash());
    await shell.untilPrompt();
    expect(await shell.run('echo )')).toEqual(['D;2', 'A', 'B']);
  });

  test('lines that belong together are one command', async () => {
    await using shell = await openPreparedShell(bash());
    await shell.untilPrompt();
    expect(await shell.run('for i in 1 2\ndo echo item-$i\ndone; (exit 5)')).toEqual(ran(5));
    expect(await shell.run('cat <<end\nsome text\nend')).toEqual(ran(0));
    expect(await shell.run("echo 'two\nlines'")).toEqual(ran(0));
    expect(await shell.run('for i in 1 2\n\x03', '')).toEqual(['D', 'A', 'B']);
  });

  test('exit ends the shell with its code after the last mark', async () => {
    await using shell = await openPreparedShell(bash());
    await shell.untilPrompt();
    shell.type('exit 9\n');
    expect(await shell.exited).toEqual({ code: 9, signal: 0 });
    expect(shell.marks().at(-1)).toBe('C');
  });
});

describe('marks stay in their places with a user’s', () => {
  test.each([
    ['PROMPT_COMMAND as text', 'PROMPT_COMMAND=\'PS1="own> "\''],
    ['PROMPT_COMMAND that ends in a semicolon', 'PROMPT_COMMAND=\'PS1="own> "; \''],
    ['PROMPT_COMMAND that ends in a remark', 'PROMPT_COMMAND=\'PS1="own> " # as ever\''],
    ['PROMPT_COMMAND as a list', "PROMPT_COMMAND=('true' 'PS1=\"own> \"')"],
    ['exported PROMPT_COMMAND', 'export PROMPT_COMMAND=\'PS1="own> "\''],
    ['PROMPT_COMMAND that fails', 'PROMPT_COMMAND=\'PS1="own> "; false\''],
    ['PS0', "PS1='own> '; PS0='starts \\t\\n'"],
    ['DEBUG trap', "PS1='own> '; trap 'last=$BASH_COMMAND' DEBUG"],
    ['DEBUG trap and PROMPT_COMMAND', "trap 'last=$BASH_COMMAND' DEBUG; PROMPT_COMMAND='PS1=\"own> \"'"],
    ['set -u', "PS1='own> '; set -u"],
    ['set -e', "PS1='own> '; set -e; [ -f nothing ] && true"],
    ['set -T', "PS1='own> '; set -T"],
    ['set -a', "PS1='own> '; set -a"],
    ['extdebug', "PS1='own> '; shopt -s extdebug"],
    ['ERR trap', "PS1='own> '; trap 'echo failed' ERR"],
    ['set -C', "PS1='own> '; set -C"],
    ['no promptvars', "PS1='own> '; shopt -u promptvars"],
    ['IFS', "PS1='own> '; IFS=0123456789"],
    ['aliases over commands', "PS1='own> '; alias local=false printf=false return=false trap=false case=if"],
    [
      'functions over commands',
      "PS1='own> '; printf() { echo mine; }; trap() { echo mine; }; test() { false; }",
    ],
    ['posix mode', "PS1='own> '; set -o posix"],
  ])('%s', async (_what, bashrc) => {
    await using shell = await openPreparedShell(bash(bashrc));
    await shell.untilPrompt();
    await shell.run('echo ok');
    expect(await shell.run('! echo again')).toEqual(ran(1));
    expect(shell.line(shell.screen().trimEnd().split('\n').length - 1)).toBe('own> ');
  });
});

describe('beside what the user has set, a prepared bash shows what a plain one shows:', () => {
  const LINES = [
    'echo one',
    '! true',
    '',
    'echo )',
    '(exit 3)',
    'echo a b; ls /',
    'echo $_',
    'echo $? $PROMPT_COMMAND',
    'x='.padEnd(100, 'y'),
  ];

  test.each<[string, string, string[]?]>([
    ['nothing', ''],
    [
      'a prompt with a code, colours and a wide character',
      "PS1='\\[\\e[32m\\]è漢 \\w \\!:\\# $?\\[\\e[m\\]\\n> '",
    ],
    ['a prompt with a command', "PS1='$(echo $?) > '"],
    ['the status of a file that ends badly', "PS1='$? > '; (exit 5)"],
    [
      'a file that sets `set -e` and ends badly',
      'set -e; [ -f nothing ] && echo never',
      ['! true', 'echo $-'],
    ],
    ['PROMPT_COMMAND that prints', 'PROMPT_COMMAND=\'echo "ended: $?"\''],
    [
      'a list of PROMPT_COMMANDs',
      'PROMPT_COMMAND=(\'echo "first: $?"\' \'echo "then: $? ${PIPESTATUS[*]}"\')',
    ],
    ['PS0', "PS0='\\# begins\\n'"],
    ['DEBUG trap that prints', 'trap \'echo "<$BASH_COMMAND>"\' DEBUG'],
    [
      'DEBUG trap that times commands',
      "trap 't=${t:-set}' DEBUG; stop() { last=$t; unset t; }; PROMPT_COMMAND=stop; PS1='$last,${t-none}> '",
    ],
    [
      'DEBUG trap that knows PROMPT_COMMAND',
      'trap \'[ "$BASH_COMMAND" = "$PROMPT_COMMAND" ] || echo "<$BASH_COMMAND>"\' DEBUG; PROMPT_COMMAND=\'PS1="$?> "\'',
    ],
    ['ERR trap', "trap 'echo failed' ERR"],
    ['ERR trap and set -E', "set -E; trap 'echo failed' ERR"],
    ['set -x', 'set -x'],
    ['a file that returns early', 'return 4'],
  ])('%s', async (_what, bashrc, own = LINES) => {
    // The one case in which PROMPT_COMMAND has to read differently.
    const lines = bashrc.includes('DEBUG') ? own.filter((line) => !line.includes('PROMPT_COMMAND')) : own;
    const screens = await Promise.all(
      [openPlainShell, openPreparedShell].map(async (open) => {
        await using shell = await open(bash(bashrc));
        for (const line of lines) {
          // Keys that come before the prompt are shown twice, by the terminal and by readline.
          await shell.until(() => isAtPrompt(shell.raw()));
          shell.type(line);
          await shell.until(() =>
            shell
              .raw()
              .replaceAll(/ \r|\r/g, '')
              .endsWith(line),
          );
          const before = shell.raw().length;
          shell.type('\n');
          await shell.until(() => shell.raw().slice(before).includes('\n') && isAtPrompt(shell.raw()));
        }
        return shell.screen().replaceAll(shell.home, 'HOME');
      }),
    );
    expect(screens[1]).toBe(screens[0]);
  });
});

describe('beside bash-preexec, which sets itself up at the first prompt,', () => {
  /** What of it matters to us: its trap sees every command, and takes the first after its own last word for the user's. */
  const preexec = (last: string) => `
    __bp_debug() {
      [[ -t 1 && -n $on ]] || return 0
      on=
      case $'\\n'"$PROMPT_COMMAND"$'\\n' in *$'\\n'"$BASH_COMMAND"$'\\n'*) return 0 ;; esac
      echo "preexec: $BASH_COMMAND"
    }
    __bp_precmd() { code=$?; echo "precmd: $code"; }
    __bp_interactive_mode() { on=on; }
    __bp_install() { trap '__bp_debug "$_"' DEBUG; PROMPT_COMMAND=__bp_precmd; ${last}; __bp_precmd; __bp_interactive_mode; }
    PROMPT_COMMAND=$'trap - DEBUG\\n__bp_install'`;

  test.each([
    ['in one text', "PROMPT_COMMAND+=$'\\n__bp_interactive_mode'"],
    ['in a list', "PROMPT_COMMAND+=('__bp_interactive_mode')"],
  ])('both work (%s)', async (_what, last) => {
    await using shell = await openPreparedShell(bash(preexec(last)));
    await shell.untilPrompt();
    expect(await shell.run('(exit 3)')).toEqual(ran(3));
    expect(await shell.run('')).toEqual(['D', 'A', 'B']);
    expect(await shell.run('echo one')).toEqual(ran(0));
    const seen = shell.screen().trimEnd().split('\n').slice(-5);
    expect(seen).toEqual(['me> echo one', 'preexec: echo one', 'one', 'precmd: 0', 'me>']);
  });
});

describe('a bash before 5.1', () => {
  const as = (version: number, bashrc = ''): ShellSetting =>
    bash(bashrc, {
      edit: {
        file: 'bashrc',
        change: (script) => script.replace(/^__slipway_version=.*$/m, `__slipway_version=${version}`),
      },
    });

  test.each([404, 500])('(%i) says in its prompt how a command ended', async (version) => {
    await using shell = await openPreparedShell(as(version, 'PROMPT_COMMAND=\'PS1="$?> "; false;\''));
    await shell.untilPrompt();
    expect(await shell.run('(exit 42)')).toEqual(['C', 'D;42', 'A', 'B']);
    expect(await shell.run('')).toEqual(['D;42', 'A', 'B']);
    expect(shell.screen()).toMatch(/^42> $/m);
  });

  test.each(['', 'PROMPT_COMMAND=\'PS1="$?> "; true\'', 'set -u', 'set -e', "trap 'x=$_' RETURN"])(
    'without PS0 knows from a trap when a command starts, with %j',
    async (bashrc) => {
      await using shell = await openPreparedShell(as(302, bashrc));
      await shell.untilPrompt();
      expect(await shell.run('! true | cat')).toEqual(['C', 'D;1', 'A', 'B']);
      expect(await shell.run('')).toEqual(['D;1', 'A', 'B']);
      expect(await shell.run('echo one two; echo three')).toEqual(['C', 'D;0', 'A', 'B']);
      await shell.run('echo four five');
      await shell.run('echo "last: $_"');
      expect(shell.screen()).toContain('last: five');
    },
  );

  test('without PS0 leaves a trap of the user alone', async () => {
    await using shell = await openPreparedShell(as(302, "trap 'last=$BASH_COMMAND' DEBUG"));
    await shell.untilPrompt();
    expect(await shell.run('(exit 42)')).toEqual(['D;42', 'A', 'B']);
    expect(await shell.ask('trap -p DEBUG')).toBe("trap -- 'last=$BASH_COMMAND' DEBUG\n");
  });
});

describe('nothing of the user’s is changed:', () => {
  test('the history file is that of a plain bash', async () => {
    const setting = bash('HISTCONTROL=ignoreboth', { files: { '.bash_history': 'echo before\n' } });
    const lines = ['echo one', 'echo one', ' echo secret', 'cat <<end\ntext\nend', 'echo ; exit'];
    const histories = await Promise.all(
      [openPlainShell, openPreparedShell].map(async (open) => {
        await using shell = await open(setting);
        await shell.until('me> ');
        shell.type(`${lines.join('\n')}\n`);
        await shell.exited;
        return shell.read('.bash_history');
      }),
    );
    expect(histories[1]).toBe(histories[0]);
    expect(histories[1]).toContain('echo before\necho one\ncat <<end\n');
  });

  test('completion, options, traps, aliases and PROMPT_COMMAND read as in a plain bash', async () => {
    const bashrc = `
      alias ll='ls -l'; complete -W 'one two' fruit; shopt -s autocd; trap 'true' USR1; PROMPT_COMMAND='true'
      [ -f /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion`;
    const question = 'complete -p; alias; shopt; set +o; trap; echo "$PROMPT_COMMAND" "$-" "$HISTFILE" "$0"';
    await using plain = await openPlainShell(bash(bashrc));
    await plain.until('me> ');
    plain.type(`{ ${question}; } > answer 2>&1; echo do\\ne\n`);
    await plain.until(/^done$/m);
    await using shell = await openPreparedShell(bash(bashrc));
    await shell.untilPrompt();
    const answer = await shell.ask(question);
    expect(answer.replaceAll(shell.home, '~')).toBe((await plain.read('answer')).replaceAll(plain.home, '~'));
    expect(answer).toContain("complete -W 'one two' fruit");
  });

  test('Tab completes', async () => {
    await using shell = await openPreparedShell(bash("complete -W 'apricot' fruit"));
    await shell.untilPrompt();
    shell.type('fruit ap\t');
    await shell.until('me> fruit apricot');
  });

  test('a list that Tab prints, and a screen that Ctrl-L clears, repeat only the prompt’s marks', async () => {
    await using shell = await openPreparedShell(bash("complete -W 'apple apricot' fruit"));
    await shell.untilPrompt();
    await shell.run('false');
    const before = shell.marks().length;
    shell.type('fruit a\t\t\t');
    await shell.until(/apple +apricot *\nme> fruit ap/);
    shell.press('ctrl-l');
    await shell.until(/^me> fruit ap/);
    expect(shell.marks().slice(before)).toEqual(['A', 'B', 'A', 'B']);
  });

  test('a prompt set anew by hand, and files read again, keep their marks', async () => {
    await using shell = await openPreparedShell(bash("PROMPT_COMMAND='true'"));
    await shell.untilPrompt();
    for (const line of ["PS1='new> '", 'PROMPT_COMMAND=\'PS1="newer> "\'', '. ~/.bashrc'])
      expect(await shell.run(line)).toEqual(ran(0));
    // What is put behind our hook is seen one prompt later.
    shell.type("PROMPT_COMMAND+=('PS1=newest\\>\\ ')\n");
    await shell.until(/^newest> $/m);
    await shell.run('true');
    expect(await shell.run('(exit 3)')).toEqual(ran(3));
  });

  test('a bash inside it is a plain one', async () => {
    await using shell = await openPreparedShell(bash());
    await shell.untilPrompt();
    shell.type('bash --norc\n');
    await shell.until(/bash-5\S* *$/m);
    const before = shell.marks().length;
    shell.type('echo in\\side\n');
    await shell.until(/^inside$/m);
    shell.type('exit 4\n');
    await shell.untilPrompt();
    expect(shell.marks().slice(before)).toEqual(['D;4', 'A', 'B']);
  });

  test('a login shell reads the files of one', async () => {
    const files = { '.bash_profile': 'echo from-profile; PS1="login> "', '.profile': 'echo never' };
    await using shell = await openPreparedShell(bash('echo never', { login: true, files }));
    await shell.untilPrompt();
    expect(shell.screen()).toMatch(/^from-profile\nlogin> /);
    expect(shell.screen()).not.toContain('never');
  });
});

describe('the environment', () => {
  test('is ours where the user’s files have set it otherwise', async () => {
    const pinned = {
      variables: { DOCKER_HOST: "unix:///tmp/a 'b' $c.sock", DOCKER_CONTEXT: null },
      programs: '/our programs',
    };
    const bashrc = 'export DOCKER_HOST=tcp://elsewhere:1 DOCKER_CONTEXT=other; PATH=/usr/bin:/bin';
    await using shell = await openPreparedShell(bash(bashrc, { pinned }));
    await shell.untilPrompt();
    const answer = await shell.ask(
      'env | grep -E "^(DOCKER|PATH|TERM|SLIPWAY|COLORTERM)"; env | grep -ci slipway_',
    );
    expect(answer.split('\n').toSorted()).toEqual(
      [
        "DOCKER_HOST=unix:///tmp/a 'b' $c.sock",
        'PATH=/usr/bin:/bin:/our programs',
        'TERM=xterm-256color',
        'COLORTERM=truecolor',
        'TERM_PROGRAM=slipway',
        'TERM_PROGRAM_VERSION=1.2.3',
        'SLIPWAY=1.2.3',
        '0',
        '',
      ].toSorted(),
    );
    await shell.run('export DOCKER_HOST=tcp://mine:1');
    expect(await shell.ask('echo $DOCKER_HOST')).toBe('tcp://mine:1\n');
  });
});
