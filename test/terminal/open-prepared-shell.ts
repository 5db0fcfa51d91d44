import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ShellKind } from '../../src/terminal/shell-choice.ts';
import { prepareShell } from '../../src/terminal/shell-prepare.ts';
import type { Pinned } from '../../src/terminal/shell-values.ts';
import { freshHome } from '../support/fresh-home.ts';
import { launch } from '../support/terminal.ts';

export type ShellSetting = {
  kind: ShellKind;
  file: string;
  /** What lies in the user's home; `~HOME~` in these and in `env` stands for it. */
  files?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  pinned?: Partial<Pinned>;
  login?: boolean;
  columns?: number;
  /** Changes the script before it runs, to take a way that this machine's shell would not. */
  edit?: { file: string; change: (script: string) => string };
};

/** What a shell said of itself, in the order of its output. */
export type Mark = string;

const MARKS = /\x1b\](?:133;([A-D][^\x07\x1b]*)|633;(E;[^\x07\x1b]*))\x07/g;

export function marksIn(output: string): Mark[] {
  return Array.from(output.matchAll(MARKS), ([, prompt, line]) => prompt ?? line ?? '');
}

/** The shell as Slipway starts it, in a home of its own. Dispose of it. */
export async function openPreparedShell(setting: ShellSetting) {
  const home = await homeWith(setting);
  const prepared = await prepareShell(
    { kind: setting.kind, file: setting.file },
    {
      env: home.env,
      folder: join(home.folder, 'private'),
      login: setting.login ?? false,
      identity: { trueColor: true, version: '1.2.3' },
      pinned: { variables: {}, programs: null, ...setting.pinned },
    },
  );
  if (setting.edit) {
    const { file, change } = setting.edit;
    const path = prepared.args.find((arg) => arg.endsWith(file)) ?? file;
    await writeFile(path, change(await readFile(path, 'utf8')));
  }
  const terminal = await startIn(home, prepared.file, prepared.args, prepared.env, setting.columns);
  const marks = () => marksIn(terminal.raw());
  const prompts = () => marks().filter((mark) => mark === 'B').length;
  let seen = 0;
  const untilPrompt = async () => {
    seen += 1;
    await terminal.until(() => prompts() >= seen);
    seen = prompts();
  };
  return {
    ...terminal,
    home: home.folder,
    prepared,
    marks,
    /** Waits for the next prompt after the last one that was waited for. */
    untilPrompt,
    /** Types a line, waits for the next prompt, and gives what was marked since this one. */
    async run(line: string, end = '\n'): Promise<Mark[]> {
      const before = marks().length;
      terminal.type(line + end);
      await untilPrompt();
      return marks().slice(before);
    },
    /** What a command prints, read from a file: the terminal would wrap it. */
    async ask(command: string): Promise<string> {
      const file = join(home.folder, 'answer');
      terminal.type(` { ${command}; } > ${file} 2>&1\n`);
      await untilPrompt();
      return readFile(file, 'utf8');
    },
    read: (name: string) => readFile(join(home.folder, name), 'utf8'),
    async [Symbol.asyncDispose](): Promise<void> {
      await terminal[Symbol.asyncDispose]();
      await home.remove();
    },
  };
}

/** The same shell as any terminal starts it, to compare with. */
export async function openPlainShell(setting: ShellSetting) {
  const home = await homeWith(setting);
  const terminal = await startIn(
    home,
    setting.file,
    [...(setting.file.endsWith('busybox') ? ['sh'] : []), '-i'],
    home.env,
    setting.columns,
  );
  return {
    ...terminal,
    home: home.folder,
    read: (name: string) => readFile(join(home.folder, name), 'utf8'),
    async [Symbol.asyncDispose](): Promise<void> {
      await terminal[Symbol.asyncDispose]();
      await home.remove();
    },
  };
}

type Home = Awaited<ReturnType<typeof freshHome>>;

async function homeWith({ files = {}, env = {} }: ShellSetting): Promise<Home> {
  const home = await freshHome({ PS1: undefined, HISTFILE: undefined, ZDOTDIR: undefined, ...env });
  for (const [name, value] of Object.entries(env)) home.env[name] = value.replaceAll('~HOME~', home.folder);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home.folder, name)), { recursive: true });
    await writeFile(join(home.folder, name), text.replaceAll('~HOME~', home.folder));
  }
  return home;
}

async function startIn(
  home: Home,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  columns = 80,
) {
  return launch({ command: [file, ...args], env, cwd: home.folder, columns, rows: 24 });
}
