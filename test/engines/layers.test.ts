import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { expectAgreement } from '../engine/layers/agreement.ts';
import { unpackLayers } from '../engine/layers/unpacked.ts';
import { temporaryFolder } from '../support/engine-server.ts';
import { hasEngine, ownEngine, type OwnEngine } from '../support/engines.ts';

const run = promisify(execFile);
const DOCKERFILE = `FROM tiny:1
RUN mkdir d; echo one >d/a; echo two >d/b; ln d/a d/hard; head -c 100000 /dev/zero >zeros
RUN rm d/a; chmod 751 d/b; chmod 600 zeros
ENV A=1
RUN rm -r d; mkdir d; echo new >d/c; echo x >$(printf 'bad\\377')
`;

/** What the engines make themselves, with their own programs: a script that leaves the image $N. */
const MADE: readonly (readonly [claim: string, script: string])[] = [
  ['an image that its own client has built', `docker build -q -t $N .`],
  ['one by the classic builder', `DOCKER_BUILDKIT=0 docker build -t $N .`],
  [
    'one of nothing but its files',
    `printf 'FROM scratch\\nCOPY one /\\nCOPY two /dir/\\n' >Dockerfile; seq 9 >one; seq 9000 >two; docker build -q -t $N .`,
  ],
  [
    'one with layers that are compressed with zstd, where the store keeps them so,',
    `docker build -q --output type=image,name=$N,compression=zstd,force-compression=true . || docker build -q -t $N .`,
  ],
  [
    'a container that was committed',
    `docker run --name $N-box tiny:1 sh -c 'rm /etc/motd; echo mine >/etc/mine; chmod 700 /tmp'
     docker commit $N-box $N; docker rm $N-box`,
  ],
];

describe.each((['docker', 'podman'] as const).filter(hasEngine))('of the newer %s', (family) => {
  let place: OwnEngine;
  let engine: Engine;
  beforeAll(async () => {
    place = await ownEngine(family);
    engine = await connect(place.endpoint);
  });
  afterAll(async () => {
    engine.close();
    await place.discard();
  });

  it.each(MADE)(
    '%s agrees path by path with its layers, unpacked',
    { timeout: 60_000 },
    async (_, script) => {
      const folder = await temporaryFolder();
      writeFileSync(join(folder, 'Dockerfile'), DOCKERFILE);
      const name = `made-${Math.random().toString(36).slice(2)}`;
      // With podman the client of BuildKit would start a container of moby/buildkit.
      const DOCKER_BUILDKIT = family === 'podman' ? '0' : '1';
      const env = { ...process.env, DOCKER_HOST: place.host, DOCKER_BUILDKIT, N: name };
      await run('sh', ['-ec', script], { cwd: folder, env });
      const archives = await savedLayers(place, name, folder);
      const { layers, steps } = await engine.readLayers(name);
      expect(layers.map(({ diffId }) => diffId)).toEqual(archives.map(digestOf));
      expect(new Set(steps.map(({ layer }) => layer).filter((layer) => layer !== null)).size).toBe(
        layers.length,
      );
      expectAgreement((await engine.readLayers(name, { fast: false })).layers, unpackLayers(archives));
      await expectSameFile(engine, name, archives);
    },
  );
});

const digestOf = (archive: Buffer): string => `sha256:${createHash('sha256').update(archive).digest('hex')}`;

/** A file of the topmost layer whose name tar does not quote, beside what the system's tar takes out of it. */
async function expectSameFile(engine: Engine, imageId: string, archives: readonly Buffer[]): Promise<void> {
  const layer = archives.length - 1;
  const input = archives[layer]!;
  const names = execFileSync('tar', ['-tf', '-'], { input, encoding: 'utf8' }).split('\n');
  const path = names.find((name) => /^[\w./]*\w$/.test(name) && !name.includes('.wh.'))!;
  const text = execFileSync('tar', ['-xOf', '-', path], { input, encoding: 'utf8' });
  for (const fast of [true, false])
    expect(await engine.readLayerFile({ imageId, layer, path, fast })).toEqual({ kind: 'file', text });
}

/** The layers of a saved image, fetched and unpacked by the machine's own programs. */
async function savedLayers({ socket }: OwnEngine, name: string, folder: string): Promise<Buffer[]> {
  const saved = join(folder, 'saved');
  mkdirSync(saved);
  const url = `http://engine/images/${name}/get`;
  await run('sh', ['-ec', `curl -sf --unix-socket '${socket}' '${url}' | tar -x -C '${saved}'`]);
  const manifest = JSON.parse(readFileSync(join(saved, 'manifest.json'), 'utf8')) as { Layers: string[] }[];
  return manifest[0]!.Layers.map((path) => {
    const bytes = readFileSync(join(saved, path));
    if (bytes[0] === 0x28) return zstdDecompressSync(bytes);
    if (bytes[0] !== 0x1f) return bytes;
    return execFileSync('gzip', ['-dc'], { input: bytes, maxBuffer: 2 ** 28 });
  });
}
