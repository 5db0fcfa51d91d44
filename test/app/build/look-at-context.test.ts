import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contextLooker } from '../../../src/app/build/look-at-context.ts';
import type { ProgramStore } from '../../../src/app/program-store.ts';
import type { ContextLook } from '../../../src/model/build/build-state.ts';
import { asNobody } from '../../support/as-nobody.ts';
import { newStore } from '../program-parts.ts';
import { buildFolder } from './build-folder.ts';

type Looker = {
  store: ProgramStore;
  look: (folder: string, dockerfile?: string) => Promise<ContextLook | null>;
};

function looker(): Looker {
  const store = newStore();
  const living = new AbortController();
  onTestFinished(() => living.abort());
  const looking = contextLooker(store, living.signal);
  const look: Looker['look'] = async (folder, dockerfile = '') => {
    await looking({ do: 'look-at-context', folder, dockerfile }, '/');
    return store.getState().build.look;
  };
  return { store, look };
}

describe('a look at the folder of a build', () => {
  test('counts what is sent, and what is left out with the largest of it', async () => {
    const folder = await buildFolder({
      Dockerfile: 'FROM tiny:1\n',
      '.dockerignore': 'node_modules\n*.log\n!keep.log\n',
      'keep.log': '12345',
      'a.log': 'x'.repeat(1000),
      'node_modules/p/big': 'x'.repeat(50_000),
      'node_modules/p/small': 'x',
    });
    expect(await looker().look(folder)).toMatchObject({
      phase: 'read',
      context: {
        files: 3,
        bytes: 12 + 29 + 5,
        ignoreFile: '.dockerignore',
        leftOut: {
          files: 3,
          bytes: 51_001,
          largest: [
            { path: 'node_modules/', bytes: 50_001 },
            { path: 'a.log', bytes: 1000 },
          ],
        },
        isCut: false,
      },
    });
  });

  test('takes the ignore file of the Dockerfile before that of the folder', async () => {
    const folder = await buildFolder({
      'Other.dockerfile': 'FROM tiny:1\n',
      'Other.dockerfile.dockerignore': 'a\n',
      '.dockerignore': 'b\n',
      a: 'a',
      b: 'b',
    });
    expect(await looker().look(folder, 'Other.dockerfile')).toMatchObject({
      context: {
        ignoreFile: 'Other.dockerfile.dockerignore',
        leftOut: { files: 1, largest: [{ path: 'a' }] },
      },
    });
  });

  test('names what no archive can hold, and follows no link', async () => {
    const folder = await buildFolder({ Dockerfile: 'FROM tiny:1\n' });
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
    await symlink('/', join(folder, 'root'));
    expect(await looker().look(folder)).toMatchObject({ context: { files: 2, unsendable: ['pipe'] } });
  });

  test('makes names harmless', async () => {
    const folder = await buildFolder({ Dockerfile: 'FROM tiny:1\n', '.dockerignore': 'x*\n' });
    await writeFile(join(folder, 'x\u001b[31m\nred'), 'x');
    expect(await looker().look(folder)).toMatchObject({
      context: { leftOut: { largest: [{ path: 'x red' }] } },
    });
  });

  test('of a folder that is not there says so, and one for no folder says nothing', async () => {
    const { look } = looker();
    expect(await look('/no/such')).toMatchObject({
      phase: 'failed',
      why: '/no/such: no such file or folder',
    });
    expect(await look('')).toBe(null);
  });

  test('that is overtaken by another tells nothing', async () => {
    const { store, look } = looker();
    const folder = await buildFolder({ Dockerfile: 'FROM tiny:1\n' });
    await Promise.all([look('/no/such'), look(folder)]);
    expect(store.getState().build.look).toMatchObject({ phase: 'read', context: { folder } });
  });

  test.skipIf(process.getuid?.() !== 0)('says which file cannot be read', async () => {
    const folder = await buildFolder({ Dockerfile: 'FROM tiny:1\n' });
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'sub/secret'), 'x', { mode: 0o600 });
    const sources = ['app/build/open-context.ts', 'app/build/walk-context.ts'];
    const said = await asNobody(
      sources,
      `const context = await m.openContext({ folder: ${JSON.stringify(folder)}, dockerfile: '' }, '/');
       try { for await (const _ of m.walkContext(context, { signal: new AbortController().signal, countLeftOut: false })); }
       catch (error) { console.log(error.kind, error.message, '|', error.advice); }`,
    );
    expect(said).toMatch(/^rejected sub\/secret: permission denied \| .*\.dockerignore/);
  });
});
