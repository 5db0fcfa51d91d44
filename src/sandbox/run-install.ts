import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { cleanText } from '../engine/clean-text.ts';
import type { InstallPlan } from './install.ts';

/** An installation that failed: what was run, the last lines it printed, and what to do where we know it. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
  readonly command: string;
  readonly lastLines: readonly string[];
  readonly advice: string;

  constructor(command: string, code: number | null, lastLines: readonly string[]) {
    super(`${command} failed${code === null ? '' : ` (exit code ${code})`}`);
    this.command = command;
    this.lastLines = lastLines;
    this.advice = ADVICE.find(({ words }) => words.test(lastLines.join('\n')))?.advice ?? '';
  }
}

/** In apt's own words, most telling first. */
const ADVICE: readonly { words: RegExp; advice: string }[] = [
  {
    words: /Could not get lock|is another process using it/,
    advice: 'Another installation is running; wait for it and try again.',
  },
  {
    words: /Temporary failure resolving|Could not resolve|Failed to fetch|Unable to connect/,
    advice: 'The package server cannot be reached; check the network and try again.',
  },
  {
    words: /Unable to locate package|has no installation candidate/,
    advice: 'The package is not in your lists: run apt-get update, and check /etc/apt/sources.list.',
  },
  { words: /dpkg was interrupted/, advice: 'Run dpkg --configure -a first.' },
  {
    words: /No space left|don't have enough free space/,
    advice: 'The disk is full; make room and try again.',
  },
  {
    words: /a password is required|not in the sudoers|Permission denied|are you root/,
    advice: 'It needs root rights.',
  },
];

export type RunInstallOptions = {
  onLine: (line: string) => void;
  signal?: AbortSignal;
  env?: NodeJS.ProcessEnv;
};

/** Runs the plan's steps in order. Throws `InstallError`, or the signal's reason. */
export async function runInstall(plan: InstallPlan, options: RunInstallOptions): Promise<void> {
  if (plan.steps.length === 0) throw new InstallError(plan.text, null, [plan.why]);
  for (const step of plan.steps) await runStep(step, options);
}

const KEPT_LINES = 8;

async function runStep(step: readonly string[], { onLine, signal, env }: RunInstallOptions): Promise<void> {
  const [program = '', ...rest] = step;
  signal?.throwIfAborted();
  const child = spawn(program, withEnvironment(program, rest), {
    // Nobody is there to answer a question.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...QUIET, ...env },
  });
  const cancel = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', cancel);
  const lastLines: string[] = [];
  const code = await new Promise<number | null>((resolve) => {
    const output = new PassThrough();
    for (const stream of [child.stdout, child.stderr]) stream.pipe(output, { end: false });
    const lines = createInterface({ input: output, crlfDelay: Infinity });
    lines.on('line', (raw) => {
      // Progress that is drawn over itself comes as lines too: readline ends a line at a carriage return.
      const line = cleanText(raw).trimEnd();
      if (line === '') return;
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      onLine(line);
    });
    child.on('error', (error) => output.end(`${error.message}\n`));
    child.on('close', () => output.end());
    lines.on('close', () => resolve(child.exitCode));
  }).finally(() => signal?.removeEventListener('abort', cancel));
  signal?.throwIfAborted();
  if (code !== 0) throw new InstallError(step.join(' '), code, lastLines);
}

const QUIET = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8', NEEDRESTART_MODE: 'a' };

/** sudo drops the environment, so what keeps apt from asking is given behind it. */
function withEnvironment(program: string, rest: readonly string[]): string[] {
  if (program !== 'sudo') return [...rest];
  return [...Object.entries(QUIET).map(([name, value]) => `${name}=${value}`), ...rest];
}
