import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { freshHome } from '../support/fresh-home.ts';

export type Outcome = { code: number | null; out: string; err: string };

let runs = 0;

/** One that nobody else on this machine uses. */
export function freshName(): string {
  return `wire${process.pid}x${++runs}`;
}

/** Runs a shell script in which `docker` talks to `host`; `$N` is a name of its own, `$T` a folder. */
export async function runScript(
  host: string,
  lines: string,
  env: Record<string, string> = {},
): Promise<Outcome> {
  const home = await freshHome({ DOCKER_HOST: host, CONTAINER_HOST: host, ...env });
  const name = freshName();
  try {
    const child = spawn('sh', ['-c', lines], {
      env: { ...home.env, N: name, T: home.folder },
      cwd: home.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ]);
    const plain = (output: string): string =>
      // Podman’s stats cut the first letter off, where others have a slash.
      output.replaceAll(home.folder, 'T').replaceAll(name, 'N').replaceAll(name.slice(1), 'N');
    return { code, out: plain(out), err: plain(err) };
  } finally {
    await home.remove();
  }
}

/** Without what is another one each time. */
export function comparable({ code, out, err }: Outcome): Outcome {
  const same = (output: string): string =>
    output
      // Clients of Docker 20 say so, or not, when a program could not be started.
      .replaceAll(/^time=.*error waiting for container: context canceled"?\n/gm, '')
      .replaceAll(/\b[0-9a-f]{11,64}\b/g, 'ID')
      .replaceAll(/\d{4}[-/]\d\d[-/]\d\d[T ][\d:.]+\S*( UTC)?/g, 'TIME')
      .replaceAll(/\b\d+(\.\d+)?m?s\b/g, 'DURATION');
  return { code, out: same(out), err: same(err) };
}

/**
 * Runs a script with an engine's own host and with that of a wire to it: code and outputs are the same.
 *
 * @param proof stands in what it prints when it does what it is there for
 */
export async function expectSame(
  [direct, through]: readonly [direct: string, through: string],
  lines: string,
  proof: RegExp,
  env: Record<string, string> = {},
): Promise<void> {
  const without = comparable(await runScript(direct, lines, env));
  const within = comparable(await runScript(through, lines, env));
  expect(without.out + without.err).toMatch(proof);
  expect(within).toEqual(without);
}
