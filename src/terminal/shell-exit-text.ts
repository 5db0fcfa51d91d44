import { constants } from 'node:os';

/** Signals that end programs, in words. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGHUP: 'its terminal was closed (SIGHUP)',
  SIGINT: 'interrupted with Ctrl-C (SIGINT)',
  SIGQUIT: 'quit with Ctrl-\\ (SIGQUIT)',
  SIGILL: 'crashed: illegal instruction (SIGILL)',
  SIGTRAP: 'stopped at a trap (SIGTRAP)',
  SIGABRT: 'gave up by itself (SIGABRT)',
  SIGBUS: 'crashed: bus error (SIGBUS)',
  SIGFPE: 'crashed: impossible arithmetic (SIGFPE)',
  SIGKILL: 'killed (SIGKILL), perhaps because memory ran out',
  SIGSEGV: 'crashed: segmentation fault (SIGSEGV)',
  SIGPIPE: 'nobody read its output any more (SIGPIPE)',
  SIGALRM: 'its alarm went off (SIGALRM)',
  SIGTERM: 'was asked to end (SIGTERM)',
  SIGTSTP: 'stopped with Ctrl-Z (SIGTSTP)',
  SIGSTOP: 'stopped (SIGSTOP)',
  SIGTTIN: 'stopped: it wanted to read in the background (SIGTTIN)',
  SIGTTOU: 'stopped: it wanted to write in the background (SIGTTOU)',
};

/** A client of an engine, after `sudo`, `time` and variables for it, with the options before the command. */
const CLIENT =
  /^\s*(?:(?:sudo|doas|time|command|exec|nice|env)\s+(?:-\S+\s+)*|[A-Za-z_]\w*=\S*\s+)*(?:\S*\/)?(docker|podman)(?:-compose)?(?:\s|$)/;
/** Commands that hand on the code of the program in a container. */
const IN_CONTAINER =
  /^.*?(?:docker|podman)(?:-compose)?\s+(?:-\S+(?:=\S+)?\s+|(?:container|compose)\s+)*(?:run|exec|start|attach)\b/;

/**
 * An exit code in words: `no such command` for 127. The typed line, as far as it is known, decides what 125 to 127
 * mean: `docker run` uses them for failures of its own (docs.docker.com, “Running containers”, Exit status). In a
 * pipeline the code is the last program's, so the last part of the line counts.
 */
export function exitCodeText(code: number, line: string): string {
  const last = line.split(/\|\||&&|[|;\n]/).at(-1) ?? '';
  const client = CLIENT.exec(last)?.[1];
  const where = client !== undefined && IN_CONTAINER.test(last) ? ' in the container' : '';
  if (code === 0) return 'ended well';
  if (code === 1) return 'failed';
  if (code === 2) return 'failed; often: wrong options or arguments';
  if (code === 125 && client !== undefined)
    return `${client} itself failed: the engine refused, or the options were wrong`;
  if (code === 126) return `found, but cannot be run${where}`;
  if (code === 127) return `no such command${where}`;
  return signalText(code - 128) ?? 'failed';
}

function signalText(number: number): string | null {
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return name === undefined ? null : (SIGNALS[name] ?? `ended by a signal (${name})`);
}
