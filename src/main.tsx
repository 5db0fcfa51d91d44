import { connect } from './engine/connect.ts';
import type { Engine } from './engine/engine.ts';
import { EngineError } from './engine/errors.ts';
import { findEngines, isEngineNamed } from './engine/routes/find-engines.ts';
import { surroundings, type Surroundings } from './engine/routes/surroundings.ts';
import { UsageError } from './engine/routes/usage-error.ts';
import { VERSION } from './app/version.ts';
import { readArguments, USAGE, type Arguments } from './app/read-arguments.ts';

/** Exit codes: 0 well, 1 the engine or the machine said no, 2 used wrongly, 4 a limit was not met (`layers`), 70 a bug of ours (`sysexits.h`, EX_SOFTWARE). */
const FAILED = 1;
const USED_WRONGLY = 2;
const BUG = 70;

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2));
  const flags = {
    ...(args.host === null ? {} : { host: args.host }),
    ...(args.context === null ? {} : { context: args.context }),
  };
  const around = surroundings(flags);
  switch (args.command) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'version':
      process.stdout.write(`slipway ${VERSION}\n`);
      return 0;
    case 'doctor':
      return runDoctor(around, args);
    case 'ls':
      return runList(around, args);
    case 'layers':
      return runLayers(around, args);
    case 'sandbox': {
      const { sandboxCommand } = await import('./sandbox/sandbox-command.ts');
      const io = {
        out: (text: string) => process.stdout.write(text),
        err: (text: string) => process.stderr.write(text),
      };
      return sandboxCommand([...args.rest, ...(args.json ? ['--json'] : [])], io);
    }
    case 'progress': {
      const { progressCommand } = await import('./app/learn/progress-command.ts');
      return progressCommand({
        env: process.env,
        home: around.home,
        json: args.json,
        set: args.set,
        stdout: process.stdout,
      });
    }
    case 'glossary': {
      const { glossaryCommand } = await import('./app/learn/glossary-command.ts');
      return glossaryCommand({ word: args.rest.join(' '), json: args.json, stdout: process.stdout });
    }
    case 'myths': {
      const { mythsCommand } = await import('./app/learn/myths-command.ts');
      return mythsCommand({ json: args.json, stdout: process.stdout });
    }
    case 'lesson': {
      if (args.rest[0] === 'preview') return open(around, previewed(args));
      const { lessonCommand } = await import('./app/learn/lesson-command.ts');
      const out = (text: string): void => void process.stdout.write(text);
      const err = (text: string): void => void process.stderr.write(text);
      return lessonCommand(args, { surroundings: around, out, err });
    }
    case 'open':
    case 'learn':
      return open(around, args);
  }
}

/** A preview is the lesson itself, read again whenever one of its files changes. */
function previewed(args: Arguments): Arguments {
  return { ...args, command: 'learn', rest: [args.rest[1] ?? '.'], preview: true };
}

async function runDoctor(around: Surroundings, { json }: Arguments): Promise<number> {
  const { doctor } = await import('./app/doctor.ts');
  const { sandboxReport } = await import('./app/sandbox-report.ts');
  return doctor({ surroundings: around, connect, sandboxReport, stdout: process.stdout, json });
}

async function runList(around: Surroundings, { rest, json }: Arguments): Promise<number> {
  const { kindNamed, listText } = await import('./app/list-text.ts');
  const kind = kindNamed(rest[0] ?? 'containers');
  return withEngine(around, async (engine) => {
    process.stdout.write(`${await listText(engine, kind, json)}\n`);
    return 0;
  });
}

async function runLayers(around: Surroundings, args: Arguments): Promise<number> {
  const { layersCommand, readAsked } = await import('./app/layers/layers-command.ts');
  const asked = readAsked(args);
  const { env, stdout, stderr } = process;
  return withEngine(around, (engine) =>
    layersCommand(engine, asked, { env, home: around.home, stdout, stderr }),
  );
}

/** The first engine that answers, for a command that prints and ends. */
async function withEngine(around: Surroundings, act: (engine: Engine) => Promise<number>): Promise<number> {
  const { engines, reports } = await findEngines(around, { connect });
  const [first, ...others] = engines;
  for (const { engine } of others) engine.close();
  if (first === undefined) {
    for (const { label, host, result } of reports)
      if (!result.ok) process.stderr.write(`${label} ${host}: ${result.why}\n`);
    process.stderr.write('No container engine answers. slipway doctor says more.\n');
    return FAILED;
  }
  try {
    return await act(first.engine);
  } finally {
    first.engine.close();
  }
}

async function open(around: Surroundings, args: Arguments): Promise<number> {
  if (args.command === 'learn' && args.rest[0] !== undefined) {
    const { refuseLesson } = await import('./app/learn/refuse-lesson.ts');
    await refuseLesson(args.rest[0]);
  }
  if (args.command === 'learn' && args.set !== null) {
    const { checkSet } = await import('./app/learn/set-named.ts');
    await checkSet(args.set);
  }
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    process.stderr.write(
      'Slipway draws on a terminal, and this is none. For scripts and pipes: slipway ls, slipway doctor.\n',
    );
    return USED_WRONGLY;
  }
  const isNamed = await isEngineNamed(around);
  const { startProgram } = await import('./app/start-program.ts');
  const started = await startProgram({ surroundings: around, args, isNamed, size: stdout, env: process.env });
  const { openProgram } = await import('./ui/open-program.tsx');
  return openProgram(started, stdin, stdout);
}

/** The one boundary: what a person can act on in their words, anything else as a bug with its stack. */
function report(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${[error.message, ...error.advice].join('\n')}\n`);
    return USED_WRONGLY;
  }
  if (error instanceof EngineError) {
    process.stderr.write(`${error.message}\n${error.advice === '' ? '' : `${error.advice}\n`}`);
    return FAILED;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `\nSlipway ${VERSION} met a bug of its own and stopped. The terminal is as it was; the engine was not touched.\n` +
      `Please report this, with what you did last:\n\n${stack}\n\nnode ${process.version}, ${process.platform} ${process.arch}\n`,
  );
  return BUG;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = report(error);
}
// Kept-alive connections and a stopped stdin must not hold up the end.
process.exit();
