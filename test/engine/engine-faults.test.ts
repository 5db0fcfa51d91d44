import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import { dial } from '../../src/engine/dial.ts';
import type { Engine, EngineEvent } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/engine/errors.ts';
import type { EngineErrorKind } from '../../src/engine/errors.ts';
import { exchange } from '../../src/engine/exchange.ts';
import { readBody } from '../../src/engine/read-body.ts';
import { startFakeEngine } from '../support/fake-engine.ts';
import type { FakeEngine } from '../support/fake-engine.ts';
import type { FaultKind } from '../support/fake-faults.ts';
import { until } from '../support/until.ts';

let fake: FakeEngine;
let engine: Engine;

beforeEach(async () => {
  fake = await startFakeEngine({ containers: 4 });
  engine = await connect(fake.endpoint);
});
afterEach(async () => {
  engine.close();
  await fake[Symbol.asyncDispose]();
});

async function failureOf(promise: Promise<unknown>): Promise<EngineError> {
  const result = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (result instanceof EngineError) return result;
  throw new Error(`not an EngineError: ${String(result)}`);
}

const LIST_FAULTS: readonly [FaultKind, EngineErrorKind, RegExp][] = [
  ['dies-before-answer', 'lost', /closed the connection/],
  ['dies-mid-body', 'lost', /broke off/],
  ['broken-json', 'protocol', /not JSON/],
  ['error-json', 'failed', /^boom$/],
  ['error-text', 'failed', /^boom in plain text$/],
  ['not-http', 'not-engine', /does not speak HTTP/],
  ['disk-full', 'disk-full', /no space left/],
  ['https-only', 'tls', /HTTPS server/],
  ['empty', 'protocol', /not JSON/],
  ['redirect', 'protocol', /HTTP status 301/],
];

describe('a list', () => {
  it.each(LIST_FAULTS)('fails as it should when the engine %s', async (how, kind, message) => {
    fake.faults.push({ on: /containers\/json/, how });
    const error = await failureOf(engine.list('container'));
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(message);
  });

  it('is asked for once more when a kept connection breaks', async () => {
    fake.faults.push({ on: /containers\/json/, how: 'dies-before-answer', times: 1 });
    expect(await engine.list('container')).toHaveLength(4);
  });

  it('keeps a row that cannot be read, in its place and with its name', async () => {
    const [first, second] = fake.state.containers.values();
    delete first!['State'];
    second!['Ports'] = 'what?';
    const items = await engine.list('container');
    expect(items.map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable', 'container', 'container']);
    expect(items[0]).toMatchObject({ of: 'container', name: 'container-0', why: 'State is missing' });
    expect(items[1]).toMatchObject({ id: second!['Id'], why: 'Ports is not a list' });
  });

  it('keeps a row that is not even an object', async () => {
    fake.state.networks.set('odd', null as never);
    const items = await engine.list('network');
    expect(items.at(-1)).toMatchObject({
      kind: 'unreadable',
      of: 'network',
      why: 'the row is not an object',
    });
  });

  it('is an error, not empty, when it is not a list', async () => {
    fake.faults.push({ on: /volumes/, how: 'error-json', times: 1 });
    expect((await failureOf(engine.list('volume'))).kind).toBe('failed');
  });

  it('strips what would harm a terminal', async () => {
    const [row] = fake.state.containers.values();
    row!['Names'] = ['/evil\u001b[2J\u202ename'];
    row!['Labels'] = { 'a\nb': '\u001b]0;title\u0007x' };
    const [item] = await engine.list('container');
    expect(item).toMatchObject({ name: 'evilname', labels: { 'a b': 'x' } });
  });

  it('of no ids asks for nothing', async () => {
    expect(await engine.list('container', [])).toEqual([]);
    expect(fake.count(/containers\/json/)).toBe(0);
  });
});

describe('an engine that is slow', () => {
  it('is given up on when it does not answer a hello', async () => {
    fake.faults.push({ on: /_ping/, how: 'never-answers' });
    expect((await failureOf(connect(fake.endpoint, { timeoutMs: 50 }))).kind).toBe('timeout');
  });

  it('can be cancelled while it does not answer', async () => {
    fake.faults.push({ on: /df/, how: 'never-answers' });
    const stop = new AbortController();
    const sizes = failureOf(engine.volumeSizes({ signal: stop.signal }));
    await until(() => fake.count(/df/) > 0);
    stop.abort();
    expect((await sizes).kind).toBe('cancelled');
  });

  it('can be cancelled after its headers', async () => {
    fake.faults.push({ on: /df/, how: 'headers-then-silence' });
    const stop = new AbortController();
    const sizes = failureOf(engine.volumeSizes({ signal: stop.signal }));
    await until(() => fake.count(/df/) > 0);
    stop.abort();
    expect((await sizes).kind).toBe('cancelled');
  });

  it('is given up on when its answer stops arriving', async () => {
    fake.faults.push({ on: /info/, how: 'headers-then-silence' });
    const connection = await dial(fake.endpoint);
    const response = await exchange(connection, connection.own(), { path: '/info' });
    const error = await failureOf(readBody(response, 30));
    expect(error).toMatchObject({ kind: 'timeout', message: 'the answer stopped: nothing within 30 ms' });
  });

  it('was cancelled before it was asked', async () => {
    const sizes = failureOf(engine.volumeSizes({ signal: AbortSignal.abort() }));
    expect((await sizes).kind).toBe('cancelled');
  });
});

describe('versions', () => {
  const connectTo = async (options: Parameters<typeof startFakeEngine>[0]): Promise<unknown> => {
    await using other = await startFakeEngine(options);
    const connected = await connect(other.endpoint).catch((error: unknown) => error);
    if (connected instanceof EngineError) return connected.kind;
    (connected as Engine).close();
    return (connected as Engine).apiVersion;
  };

  it('are agreed on: the newest that both know', async () => {
    expect(await connectTo({ apiVersion: '1.43' })).toBe('1.43');
    expect(await connectTo({ apiVersion: '1.55', minApiVersion: '1.44' })).toBe('1.47');
  });

  it('that are too old or too new are refused', async () => {
    expect(await connectTo({ apiVersion: '1.40' })).toBe('too-old');
    expect(await connectTo({ apiVersion: '1.60', minApiVersion: '1.50' })).toBe('too-new');
  });

  it('need one request and no more', async () => {
    expect(fake.requests).toEqual(['GET /_ping']);
  });
});

describe('the stream of events', () => {
  const watch = (
    stop: AbortController,
  ): { seen: EngineEvent[]; ready: Promise<void>; end: Promise<unknown> } => {
    const seen: EngineEvent[] = [];
    const ready = Promise.withResolvers<void>();
    const read = async (): Promise<void> => {
      for await (const event of engine.watch({ signal: stop.signal, onReady: ready.resolve }))
        seen.push(event);
    };
    return { seen, ready: ready.promise, end: read().catch((error: unknown) => error) };
  };

  it('tells what happened and ends quietly when nobody wants it', async () => {
    const stop = new AbortController();
    const { seen, ready, end } = watch(stop);
    await ready;
    fake.emit({ Type: 'container', Action: 'start', Actor: { ID: 'abc', Attributes: { name: 'web' } } });
    await until(() => seen.length === 1);
    expect(seen[0]).toMatchObject({ kind: 'container', action: 'start', id: 'abc', name: 'web' });
    stop.abort();
    expect(await end).toBeUndefined();
    await until(() => fake.watchers.size === 0);
  });

  it('leaves noise and garbage out and lives on', async () => {
    const stop = new AbortController();
    const { seen, ready, end } = watch(stop);
    await ready;
    for (const watcher of fake.watchers) watcher.write('garbage {\n{"Type":7}\nnull\n');
    const actions = ['exec_create: sh', 'top', 'resize', 'mount', 'health_status: healthy'];
    for (const Action of actions) fake.emit({ Type: 'container', Action, Actor: { ID: 'abc' } });
    await until(() => seen.length > 0);
    expect(seen.map(({ action }) => action)).toEqual(['health_status']);
    stop.abort();
    await end;
  });

  it('tells of the container too when its network changes', async () => {
    const stop = new AbortController();
    const { seen, ready, end } = watch(stop);
    await ready;
    fake.emit({ Type: 'network', Action: 'connect', Actor: { ID: 'n1', Attributes: { container: 'c1' } } });
    await until(() => seen.length === 2);
    expect(seen.map(({ kind, id }) => [kind, id])).toEqual([
      ['network', 'n1'],
      ['container', 'c1'],
    ]);
    stop.abort();
    await end;
  });

  it('fails when the engine goes down, and when it closes it in good order', async () => {
    const first = watch(new AbortController());
    await first.ready;
    for (const watcher of fake.watchers) watcher.end();
    expect(await first.end).toMatchObject({ kind: 'lost' });
    const second = watch(new AbortController());
    await second.ready;
    await fake.goDown();
    expect(await second.end).toMatchObject({ kind: 'lost' });
    expect((await failureOf(engine.ping())).kind).toBe('missing');
    await fake.comeUp();
    await expect(engine.ping()).resolves.toBeUndefined();
  });
});

describe('other streams', () => {
  it('give what came before the engine went down, then fail', async () => {
    const id = [...fake.state.containers.keys()][0]!;
    const lines: string[] = [];
    const read = async (): Promise<void> => {
      const { signal } = new AbortController();
      for await (const batch of engine.logs(id, { tail: 1, follow: true, signal })) {
        lines.push(...batch.map(({ text }) => text));
      }
    };
    const end = failureOf(read());
    await until(() => lines.length === 1);
    await fake.goDown();
    expect((await end).kind).toBe('lost');
  });

  it('end when the engine is closed', async () => {
    const id = [...fake.state.containers.keys()][0]!;
    const { signal } = new AbortController();
    const samples = engine.stats(id, { signal })[Symbol.asyncIterator]();
    expect((await samples.next()).value).toMatchObject({
      cpuPercent: null,
      memory: 40_000_000,
      memoryLimit: 0,
    });
    engine.close();
    expect((await failureOf(samples.next())).kind).toBe('lost');
  });

  it('of statistics end when the container stops', async () => {
    const id = [...fake.state.containers.keys()][0]!;
    const { signal } = new AbortController();
    const samples: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const { cpuPercent, blockOut } of engine.stats(id, { signal })) {
        samples.push({ cpuPercent, blockOut });
        if (samples.length === 2) await engine.carryOut({ do: 'stop', container: { id, name: '' } });
      }
    };
    await read();
    expect(samples).toEqual([
      { cpuPercent: null, blockOut: 6 },
      { cpuPercent: expect.closeTo(50, 0), blockOut: 6 },
    ]);
  });
});

describe('names', () => {
  it.each(['../x', 'json?all=1&x=', 'a/b', '%2e%2e', 'ü #'])(
    'cannot ask for something else: %s',
    async (name) => {
      const error = await failureOf(engine.inspect('network', name));
      expect(error.kind).toBe('not-found');
      expect(fake.requests.at(-1)).toBe(`GET /networks/${name}`);
    },
  );

  it.each(['', '.', '..'])('that Go’s router would resolve are not sent: “%s”', async (name) => {
    expect((await failureOf(engine.inspect('volume', name))).kind).toBe('not-found');
    expect(fake.count(/volumes/)).toBe(0);
  });
});

describe('an endpoint', () => {
  it.each([
    ['missing', '/nowhere/at/all.sock'],
    ['refused', '/dev/null'],
  ])('that is %s says so', async (kind, path) => {
    const error = await failureOf(connect({ via: 'unix', path }));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(path);
    expect(error.advice).not.toBe('');
  });

  it('that answers like a web server is not an engine', async () => {
    await using other = await startFakeEngine();
    other.faults.push({ on: /_ping/, how: 'empty' });
    expect((await failureOf(connect(other.endpoint))).kind).toBe('not-engine');
  });
});

it('reads one container, not the list, when asked for one of a thousand', async () => {
  await using large = await startFakeEngine({ containers: 1000 });
  const other = await connect(large.endpoint);
  const [id] = large.state.containers.keys();
  expect(await other.list('container', [id!])).toHaveLength(1);
  expect(large.requests.at(-1)).toBe(`GET /containers/json?all=true&filters={"id":["${id}"]}`);
  other.close();
});
