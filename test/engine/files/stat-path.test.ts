import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { testEngines } from '../../support/engines.ts';
import { aBox } from './a-box.ts';

describe.each(await testEngines())('on $name', ({ endpoint, image }) => {
  let engine: Engine;
  beforeAll(async () => void (engine = await connect(endpoint)));
  afterAll(() => engine.close());

  it('a path is told with its type, size and mode, and a link as a link', async () => {
    const id = await aBox(
      { engine, endpoint, image },
      'mkdir /dir; echo hello >/dir/a; chmod 4751 /dir/a; ln -s a /dir/l; mkfifo /dir/p; mkdir -m 1777 /sticky',
    );
    const stat = (path: string) => engine.statPath(id, path);
    expect(await stat('/dir/a')).toMatchObject({ name: 'a', type: 'file', size: 6, mode: 0o4751 });
    expect((await stat('/dir/a'))?.modifiedAt).toBeGreaterThan(Date.now() - 3_600_000);
    expect(await stat('/dir')).toMatchObject({ type: 'folder', size: 0, mode: 0o755 });
    expect(await stat('/sticky')).toMatchObject({ type: 'folder', mode: 0o1777 });
    expect(await stat('/dir/p')).toMatchObject({ type: 'pipe' });
    expect(await stat('/dir/l')).toMatchObject({ type: 'link', target: '/dir/a' });
  });

  it('nothing is null, also below a file, and a container that is gone is an error', async () => {
    const id = await aBox({ engine, endpoint, image }, 'echo x >/file');
    expect(await engine.statPath(id, '/nope')).toBeNull();
    expect(await engine.statPath(id, '/file/deeper')).toBeNull();
    await expect(engine.statPath('nobody', '/')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('any name can be asked for, also one that is not UTF-8', async () => {
    const id = await aBox(
      { engine, endpoint, image },
      `echo odd >'/a b?x=1&y#é%2f'; printf xyz >/$(printf 'bad\\377')`,
    );
    expect(await engine.statPath(id, '/a b?x=1&y#é%2f')).toMatchObject({ type: 'file', size: 4 });
    expect(await engine.statPath(id, '/bad\udcff')).toMatchObject({ type: 'file', size: 3 });
  });
});
