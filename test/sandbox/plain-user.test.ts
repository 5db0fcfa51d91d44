import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeeperStatus } from '../../src/sandbox/talk.ts';
import { type PlainUser, plainUser } from '../support/as-user.ts';
import { hasEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';

const program = (name: string): string[] => [process.execPath, fileURLToPath(new URL(name, import.meta.url))];

type Said = { family: string; status: KeeperStatus; reset: number; before: string[]; after: string[] };

describe.each(['docker', 'podman'] as const)('the sandbox of a plain user, on %s', (kind) => {
  describe.skipIf(!hasEngine(kind))('which is here', { timeout: 60_000 }, () => {
    let user: PlainUser;
    let holder: ChildProcess | null = null;

    beforeEach(async () => {
      user = await plainUser();
    });

    afterEach(async () => {
      holder?.kill('SIGKILL');
      await until(async () => (await user.processes()).length === 0);
      await user.discard();
    });

    const use = async (): Promise<Said> => {
      holder = user.spawn([...program('use-sandbox.ts'), kind, join(user.home, 'state')]);
      let errors = '';
      holder.stderr?.setEncoding('utf8').on('data', (part: string) => (errors += part));
      if (!holder.stdout) throw new Error('no pipe');
      for await (const line of createInterface({ input: holder.stdout })) return JSON.parse(line);
      throw new Error(errors);
    };

    it('runs containers, is as new after a reset, and says that it sets no limits', async () => {
      const said = await use();
      expect(said).toMatchObject({ family: kind, before: ['running'], after: [] });
      expect(said.status.way).toMatch(/without root/);
      expect(said.status.warnings).toEqual(['no memory and process limits: they need root']);
      // 0.9 to 1.3 s on a quiet machine.
      expect(said.reset).toBeLessThan(10_000);
    });

    it('leaves no process and no file when the Slipway that holds it is killed', async () => {
      await use();
      holder?.kill('SIGKILL');
      await until(async () => (await user.processes()).length === 0);
      const state = join(user.home, 'state');
      await until(async () => !(await readdir(state)).some((name) => name.startsWith('data')));
    });

    it('leaves no process when its keeper is killed, and starts again on what was left', async () => {
      const { status } = await use();
      process.kill(status.pids.keeper, 'SIGKILL');
      await until(() => !existsSync(`/proc/${status.pids.holder}`));
      holder?.kill('SIGKILL');
      await until(async () => (await user.processes()).length === 0);
      expect((await use()).before).toContain('running');
    });
  });
});

describe.skipIf(process.getuid?.() !== 0)('a plain user without a range of ids', () => {
  it('is told how to get one', async () => {
    const user = await plainUser({ ids: false });
    const module = new URL('../../src/sandbox/sandbox-command.ts', import.meta.url);
    const script = `const { sandboxCommand } = await import('${module.href}');
      const out = (text) => process.stdout.write(text);
      await sandboxCommand(['status'], { out, err: out });`;
    const { text } = await user.run([process.execPath, '--input-type=module', '-e', script]);
    await user.discard();
    expect(text).toContain('podman without root');
    expect(text).toContain('usermod --add-subuids');
  });
});
