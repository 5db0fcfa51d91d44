import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/engine/connect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Place } from '../../../src/engine/files/engine-files.ts';
import { isOwnHelper } from '../../../src/engine/own-helper.ts';
import { tarReader } from '../../../src/engine/tar/tar-reader.ts';
import { tarArchive } from '../../../src/sandbox/tar.ts';
import { testEngines } from '../../support/engines.ts';
import { rawContainer } from '../../support/raw-container.ts';
import { until } from '../../support/until.ts';
import { aBox } from './a-box.ts';

describe.each(await testEngines())('on $name', ({ endpoint, image }) => {
  let engine: Engine;
  beforeAll(async () => void (engine = await connect(endpoint)));
  afterAll(() => engine.close());

  const box = (script: string, more: object = {}): Promise<string> =>
    aBox({ engine, endpoint, image }, script, more);
  const newVolume = async (): Promise<string> => {
    const name = `files-${randomBytes(4).toString('hex')}`;
    await engine.carryOut({ do: 'create-volume', name, driver: 'local' });
    onTestFinished(
      async () =>
        void (await engine.carryOut({ do: 'remove-volume', volume: { id: name, name }, force: true })),
    );
    return name;
  };
  const stop = (id: string) => engine.carryOut({ do: 'kill', container: { id, name: id }, signal: 'KILL' });
  const signal = (): AbortSignal => AbortSignal.timeout(30_000);
  const list = async (place: Place, path: string) =>
    (await engine.files.list(place, path, { signal: signal() })).folders.get(path) ?? [];
  const names = async (place: Place, path: string) =>
    (await list(place, path)).map(({ name }) => name).toSorted();
  /** Others use the engine at the same time: theirs go as well, a moment later. */
  const isGone = async (): Promise<boolean> =>
    !(await engine.list('container')).some((item) => isOwnHelper({ name: item.name }));
  /** Path in the archive, and checksum of the content. */
  const checksums = (place: Place, path: string) =>
    engine.files.copyOut(place, path, { signal: signal() }, async (archive) => {
      const sums = new Map<string, string>();
      const reader = tarReader(({ name, type }) => {
        if (type !== 'file') return undefined;
        const hash = createHash('sha256');
        return {
          write: (bytes) => void hash.update(bytes),
          end: () => void sums.set(name, hash.digest('hex')),
        };
      });
      for await (const chunk of archive) reader.write(chunk as Buffer);
      reader.end();
      return sums;
    });
  const sum = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
  const copyIn = (place: Place, folder: string, files: Readonly<Record<string, Buffer | string>>) => {
    const entries = Object.entries(files).map(([path, content]) => ({
      type: 'file' as const,
      path,
      content,
    }));
    return engine.files.copyIn(place, folder, Readable.from([tarArchive(entries)]), { signal: signal() });
  };

  it('a folder is listed with what is below it, running or not', async () => {
    const id = await box(
      'mkdir -p /d/sub; printf hello >/d/a; chown 7:8 /d/a; chmod 4750 /d/a; ln /d/a /d/hard; ln -s a /d/l; mkfifo /d/p; printf x >/d/sub/deep; ln -s d /dl',
    );
    const owner = engine.family === 'podman' ? { uid: null, gid: null } : { uid: 7, gid: 8 };
    const check = async () => {
      const tree = await engine.files.list({ of: 'container', id }, '/d', { signal: signal() });
      const at = new Map(tree.folders.get('/d')?.map((entry) => [entry.name, entry]));
      expect([...at.keys()].toSorted()).toEqual(['a', 'hard', 'l', 'p', 'sub']);
      expect(at.get('a')).toMatchObject({ type: 'file', size: 5, mode: 0o4750, ...owner });
      expect(at.get('hard')).toMatchObject({ type: 'file', size: 5 });
      expect(at.get('l')).toMatchObject({ type: 'link', target: 'a' });
      expect(at.get('p')).toMatchObject({ type: 'pipe' });
      expect(tree.folders.get('/d/sub')).toMatchObject([{ name: 'deep', size: 1 }]);
      expect(tree.isCut).toBe(false);
      expect(await names({ of: 'container', id }, '/dl')).toEqual(['a', 'hard', 'l', 'p', 'sub']);
    };
    await check();
    await stop(id);
    await check();
  });

  it('what cannot be listed says why', async () => {
    const id = await box('echo x >/file');
    const place: Place = { of: 'container', id };
    await expect(list(place, '/nope')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(list(place, '/file')).rejects.toThrow(/not a directory/);
    await expect(list({ of: 'container', id: 'nobody' }, '/')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(list({ of: 'volume', name: 'nothing' }, '/')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('the list is cut at a limit, and keeps only folders that are whole', async () => {
    const id = await box(
      'mkdir -p /d/a /d/b; for i in 1 2 3 4 5 6 7 8; do echo $i >/d/a/$i; echo $i >/d/b/$i; done',
    );
    const limits = { entries: 13, bytes: Infinity };
    const tree = await engine.files.list({ of: 'container', id }, '/d', { signal: signal(), limits });
    expect(tree.isCut).toBe(true);
    const whole = [...tree.folders.keys()].filter((path) => path !== '/d');
    expect(whole.length).toBeLessThan(2);
    for (const path of whole) expect(tree.folders.get(path)).toHaveLength(8);
  });

  it('names that are not UTF-8, and those with line ends, are listed as they are', async () => {
    const id = await box(
      `mkdir /d; printf x >/d/$(printf 'bad\\377'); printf x >"/d/$(printf 'two\\nlines')"; mkdir /d/$(printf 'f\\376'); echo y >/d/$(printf 'f\\376')/in`,
    );
    const place: Place = { of: 'container', id };
    expect(await names(place, '/d')).toEqual(['bad\udcff', 'f\udcfe', 'two\nlines']);
    expect(await names(place, '/d/f\udcfe')).toEqual(['in']);
    expect([...(await checksums(place, '/d')).values()]).toContain(sum('x'));
    const alone = engine.files.read(place, '/d/bad\udcff');
    const isRefused = engine.family === 'docker' && (await engine.about()).version.startsWith('20.');
    if (!isRefused) expect(await alone).toEqual({ kind: 'file', text: 'x' });
    else await expect(alone).rejects.toMatchObject({ kind: 'unsupported', message: /not UTF-8/ });
  });

  it('what lives in memory is listed, read and copied while the container runs', async () => {
    const id = await box(
      `mkdir /tmp/sub; printf hello >/tmp/a; ln -s a /tmp/l; ln -s /tmp /through; ln -s /tmp /d; printf x >"/tmp/$(printf 'two\\nlines')"`,
      { HostConfig: { Tmpfs: { '/tmp': '' } } },
    );
    const place: Place = { of: 'container', id };
    expect(await names(place, '/tmp')).toEqual(['a', 'l', 'sub', 'two\nlines']);
    expect(await names(place, '/through')).toEqual(['a', 'l', 'sub', 'two\nlines']);
    expect((await list(place, '/tmp')).find(({ name }) => name === 'l')).toMatchObject({ target: 'a' });
    expect(await names(place, '/proc/self')).toContain('status');
    expect(await names(place, '/')).toEqual(expect.arrayContaining(['proc', 'tmp', 'dev']));
    expect(await checksums(place, '/tmp/a')).toEqual(new Map([['a', sum('hello')]]));
    const content = randomBytes(300_000);
    await copyIn(place, '/tmp/sub', { big: content });
    expect(await checksums(place, '/through/sub/big')).toEqual(new Map([['big', sum(content)]]));
    await expect(copyIn(place, '/tmp/nope', { big: content })).rejects.toMatchObject({ kind: 'not-found' });
    await stop(id);
    await expect(list(place, '/tmp')).rejects.toThrow(/does not run/);
  });

  it('a file copied in comes out as it was, and belongs to root', async () => {
    const id = await box('mkdir /d');
    const place: Place = { of: 'container', id };
    const content = randomBytes(3_000_000);
    await copyIn(place, '/d', { big: content, 'sub/small': 'x' });
    expect(await checksums(place, '/d/big')).toEqual(new Map([['big', sum(content)]]));
    const own = engine.family === 'podman' ? { uid: null, gid: null } : { uid: 0, gid: 0 };
    expect((await list(place, '/d')).find(({ name }) => name === 'big')).toMatchObject(own);
    await stop(id);
    await copyIn(place, '/d', { late: 'y' });
    expect(await engine.files.read(place, '/d/late')).toEqual({ kind: 'file', text: 'y' });
  });

  it('nothing is copied into a folder that is not there, an image, or what is read-only', async () => {
    const volume = await newVolume();
    const id = await box('true', { HostConfig: { ReadonlyRootfs: true, Binds: [`${volume}:/ro:ro`] } });
    await expect(copyIn({ of: 'container', id }, '/nope', { a: 'x' })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(copyIn({ of: 'container', id }, '/etc', { a: 'x' })).rejects.toThrow(/read-only/i);
    await expect(copyIn({ of: 'container', id }, '/ro', { a: 'x' })).rejects.toThrow(/read-only/i);
    await expect(copyIn({ of: 'image', id: image }, '/', { a: 'x' })).rejects.toThrow(/cannot be changed/);
  });

  it('an image is seen through a container that is gone afterwards, also after a failure and a stop', async () => {
    const place: Place = { of: 'image', id: image };
    expect(await names(place, '/')).toEqual(expect.arrayContaining(['bin', 'etc']));
    expect(await names(place, '/')).not.toContain('.dockerenv');
    expect(await engine.files.read(place, '/etc/passwd')).toMatchObject({ kind: 'file', text: /root:/ });
    expect((await checksums(place, '/etc')).size).toBeGreaterThan(0);
    await expect(list(place, '/nope')).rejects.toMatchObject({ kind: 'not-found' });
    const stopped = new AbortController();
    const copying = engine.files.copyOut(place, '/', { signal: stopped.signal }, async (archive) => {
      for await (const chunk of archive) if ((chunk as Buffer).length > 0) stopped.abort();
    });
    await expect(copying).rejects.toMatchObject({ kind: 'cancelled' });
    await until(isGone);
  });

  it('a volume is reached with no container, and through one that has it', async () => {
    const volume = await newVolume();
    const place: Place = { of: 'volume', name: volume };
    expect(await list(place, '/')).toEqual([]);
    await copyIn(place, '/', { note: 'hello' });
    expect(await names(place, '/')).toEqual(['note']);
    await until(isGone);
    await rawContainer(
      endpoint,
      `files-${randomBytes(4).toString('hex')}`,
      { Image: image, Cmd: ['true'], HostConfig: { Binds: [`${volume}:/data/notes:ro`] } },
      { start: false },
    );
    expect(await engine.files.read(place, '/note')).toEqual({ kind: 'file', text: 'hello' });
    const tree = await engine.files.list(place, '/', { signal: signal() });
    expect([...tree.folders.keys()]).toEqual(['/']);
    // The container may only read it.
    await copyIn(place, '/', { more: 'x' });
    expect(await names(place, '/')).toEqual(['more', 'note']);
  });
});
