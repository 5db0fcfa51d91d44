import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type InstallPlan, installPlan } from '../../src/sandbox/install.ts';
import { InstallError, runInstall } from '../../src/sandbox/run-install.ts';

const ESC = String.fromCharCode(27);

function plan(...scripts: string[]): InstallPlan {
  const steps = scripts.map((script) => ['sh', '-c', script]);
  return { text: 'a plan', steps, why: '', asksPassword: false };
}

async function failure(running: Promise<void>): Promise<InstallError> {
  const error = await running.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InstallError)) throw new Error('it did not fail as expected', { cause: error });
  return error;
}

describe.skipIf(!existsSync('/usr/bin/apt-get'))('the plan for a Debian-like system', () => {
  it('is what is run, word for word', async () => {
    const { text, steps, why } = await installPlan();
    expect(text).toContain('apt-get install -y --no-install-recommends docker.io iproute2 iptables');
    if (steps.length > 0) expect(steps.map((step) => step.join(' ')).join(' && ')).toBe(text);
    else expect(why).not.toBe('');
  });

  it('is accepted by apt', async () => {
    const install = (await installPlan()).text.split(' && ').at(-1) ?? '';
    const words = install.replace(/^sudo /, '').split(' ');
    expect(execFileSync(words[0] ?? '', [...words.slice(1), '--simulate'], { encoding: 'utf8' })).toContain(
      'docker.io',
    );
  });
});

describe('running a plan', () => {
  it('gives clean lines as they come, of each step in order', async () => {
    const lines: string[] = [];
    const script = `printf 'one\\n'; printf '10%%\\r100%%\\n' >&2`;
    await runInstall(plan(script, `printf '${ESC}[31mred${ESC}[0m\\n'`), {
      onLine: (line) => lines.push(line),
    });
    expect(lines.toSorted()).toEqual(['10%', '100%', 'one', 'red']);
    expect(lines.at(-1)).toBe('red');
  });

  it('asks nothing', async () => {
    const lines: string[] = [];
    await runInstall(plan('echo $DEBIAN_FRONTEND; read answer || echo no answer'), {
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['noninteractive', 'no answer']);
  });

  it('stops at the first step that fails, with its last lines and advice', async () => {
    const lines: string[] = [];
    const script = 'seq 1 20; echo "E: Could not get lock /var/lib/dpkg/lock-frontend." >&2; exit 100';
    const error = await failure(
      runInstall(plan(script, 'echo never'), { onLine: (line) => lines.push(line) }),
    );
    expect(error.message).toContain('exit code 100');
    expect(error.lastLines).toHaveLength(8);
    expect(error.lastLines).toContain('E: Could not get lock /var/lib/dpkg/lock-frontend.');
    expect(error.advice).toContain('Another installation');
    expect(lines).not.toContain('never');
  });

  it('says when the program is not there', async () => {
    const missing = { ...plan(), steps: [['no-such-program-here']] };
    const error = await failure(runInstall(missing, { onLine: () => {} }));
    expect(error.lastLines.join()).toContain('ENOENT');
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const running = runInstall(plan('echo started; exec sleep 1000'), {
      onLine: () => stop.abort(),
      signal: stop.signal,
    });
    await expect(running).rejects.toThrow('abort');
  });
});
