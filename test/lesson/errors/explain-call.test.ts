import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorContext, Explained } from '../../../src/lesson/errors/error-row.ts';
import { explainCall } from '../../../src/lesson/errors/explain-call.ts';
import { type TestEngine, testEngines } from '../../support/engines.ts';
import { freshName, runScript } from '../../wire/run-script.ts';
import { type WireBench, openBench } from '../../wire/wire-bench.ts';

describe.each(await testEngines())('calls through the wire to $name', (engine: TestEngine) => {
  let bench: WireBench;
  const box = freshName();
  beforeAll(async () => {
    bench = await openBench(engine.endpoint, engine.host);
    await runScript(engine.host, 'docker create --name $B tiny:1 true', { B: box });
  });
  afterAll(async () => {
    await runScript(engine.host, 'docker rm -f $B', { B: box });
    await bench[Symbol.asyncDispose]();
  });

  /** What is explained of the calls that this line leads to. */
  async function explained(command: string, more: Partial<ErrorContext> = {}): Promise<Explained[]> {
    const context: ErrorContext = {
      family: engine.name,
      images: ['tiny:1'],
      containers: [box],
      volumes: [],
      networks: ['bridge'],
      sandbox: true,
      command,
      ...more,
    };
    bench.told.splice(0);
    await runScript(bench.host, command);
    expect(bench.calls()).not.toEqual([]);
    return bench
      .calls()
      .flatMap((call) => explainCall({ ...call, body: call.response }, context) ?? [])
      .filter((one, i, all) => all.findIndex(({ said }) => said === one.said) === i);
  }

  it('an image that is nearly there is named before the client begins to pull', async () => {
    const [first] = await explained('docker run --rm tinny:1 true');
    expect(first).toEqual({
      said: expect.stringMatching(/no such image/i),
      meaning: expect.stringContaining('tinny:1'),
      tryThis: 'Did you mean tiny:1? Try: docker run --rm tiny:1 true',
    });
    const [latest] = await explained('docker run --rm tiny true');
    expect(latest?.tryThis).toContain('Did you mean tiny:1? Try: docker run --rm tiny:1 true');
  });

  it('an image that is like no other is left to the pull', async () => {
    const [first] = await explained('docker run --rm xylophone:1 true');
    expect(first?.said ?? '').not.toMatch(/no such image/i);
  });

  it('a container that is there under another name is meant', async () => {
    const wrong = `${box.slice(0, -1)}${box.slice(-2)}`;
    const [first] = await explained(`docker stop ${wrong}`);
    expect(first?.tryThis).toBe(`Did you mean ${box}? Try: docker stop ${box}`);
    const [read] = await explained(`docker logs ${wrong}`);
    expect(read?.tryThis).toBe(`Did you mean ${box}? Try: docker logs ${box}`);
  });

  it('a name that is taken is explained once', async () => {
    const found = await explained(`docker create --name ${box} tiny:1`);
    expect(found).toHaveLength(1);
    expect(found[0]?.meaning).toContain(box);
  });

  it('a program that the image does not have is named, whichever call is refused for it', async () => {
    const found = await explained('docker run --rm tiny:1 nosuchprogram');
    expect(found.map(({ meaning }) => meaning)).toContainEqual(
      expect.stringContaining('has no program called nosuchprogram'),
    );
  });

  it.each(['docker inspect nosuch', 'docker inspect tiny:1', 'docker run --rm tiny:1 true', 'docker ps'])(
    'nothing is said of the questions of: %s',
    async (command) => expect(await explained(command)).toEqual([]),
  );

  it('a program that exits with a code is nothing to explain', async () => {
    expect(await explained('docker run --rm tiny:1 sh -c "exit 3"')).toEqual([]);
  });

  if (engine.name === 'podman') {
    it('what podman’s own client asks of itself is normal work', async () => {
      expect(await explained('podman --remote run --rm tiny:1 true')).toEqual([]);
    });
    it('a refusal of libpod is explained', async () => {
      const [first] = await explained(`podman --remote create --name ${box} tiny:1`);
      expect(first?.meaning).toContain('already a container called');
    });
  }
});
