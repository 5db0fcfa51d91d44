import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Places, sandboxPlaces } from '../../src/sandbox/places.ts';
import { SandboxError } from '../../src/sandbox/sandbox-error.ts';
import { openSandbox } from '../../src/sandbox/sandbox.ts';
import { hasEngine } from '../support/engines.ts';

describe.skipIf(!hasEngine('docker'))(
  'a sandbox that cannot start says why and what to do',
  { timeout: 60_000 },
  () => {
    let places: Places;

    beforeEach(async () => {
      places = sandboxPlaces(await mkdtemp(join(tmpdir(), 'slipway-sandbox-')));
    });

    afterEach(async () => {
      await rm(places.state, { recursive: true, force: true });
      await rm(places.run, { recursive: true, force: true });
    });

    const failure = async (): Promise<SandboxError> => {
      const error: unknown = await openSandbox({ places, kind: 'docker' }).catch((caught: unknown) => caught);
      if (!(error instanceof SandboxError))
        throw new Error('it did not fail as a sandbox does', { cause: error });
      return error;
    };

    it('when the disk is full', async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'full', places.state]);
      const { message, advice } = await failure().finally(() =>
        execFileSync('umount', ['--lazy', places.state]),
      );
      expect(message).toMatch(/no space left on device/i);
      expect(advice).toContain('The disk is full');
    });

    it('when others may look into its folder', async () => {
      await mkdir(places.run, { recursive: true });
      await chmod(places.run, 0o755);
      const { message, advice } = await failure();
      expect(message).toContain(`${places.run} is not a private folder of ours`);
      expect(advice).toContain('others may read it');
    });

    it('when a file is where its folder has to be', async () => {
      await rm(places.state, { recursive: true });
      await writeFile(places.state, '');
      expect((await failure()).advice).toContain('A file is where a folder has to be');
    });

    it('at once when its keeper does not start, with the keeper’s own words', async () => {
      await symlink('/nowhere/lock', places.lock);
      const since = Date.now();
      const { message } = await failure();
      expect(message).toContain('keeper does not start');
      expect(message).toContain('/lock');
      // Not the time it is given to answer.
      expect(Date.now() - since).toBeLessThan(15_000);
    });
  },
);
