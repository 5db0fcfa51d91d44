import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { until } from '../support/until.ts';
import { leaveStaleSocket } from '../support/stale-socket.ts';
import { answering, openBench, startRawEngine } from './wire-bench.ts';

const GET = 'GET /v1.41/containers/json?all=1 HTTP/1.1\r\nHost: docker\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n[]\n';
const CHUNKS = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
const UPGRADE =
  'POST /v1.41/exec/abc/start HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\nConnection: Upgrade\r\n' +
  'Upgrade: tcp\r\nContent-Length: 2\r\n\r\n{}';
const SWITCHING = 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n';

/** Does one thing when a connection has sent what is wanted. */
function when(wanted: string, act: (socket: Socket) => void) {
  let isDone = false;
  return (socket: Socket, got: () => string): void => {
    socket.on('data', () => {
      if (isDone || !got().includes(wanted)) return;
      isDone = true;
      act(socket);
    });
  };
}

describe('an engine that fails', () => {
  it('that is not there is told in words that docker prints', async () => {
    await using bench = await openBench({ via: 'unix', path: '/nowhere/engine.sock' }, 'unix:///nowhere');
    using client = await bench.client();
    client.send(GET);
    await client.ended();
    expect(client.got()).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
    const { message } = JSON.parse(client.got().split('\r\n\r\n')[1] ?? '') as { message: string };
    expect(message).toContain('the engine at unix:///nowhere cannot be reached: no such file');
    const call = await bench.ended();
    expect(call).toMatchObject({ method: 'GET', path: '/containers/json', status: 502 });
    expect(call.problem).toContain('cannot be reached');
  });

  it('whose socket nobody listens on is told, to HEAD without a body', async () => {
    await using bench = await openBench(null);
    const path = `${bench.folder}/stale.sock`;
    await leaveStaleSocket(path);
    bench.wire.setTarget({ via: 'unix', path }, 'the sandbox');
    using client = await bench.client();
    client.send('HEAD /_ping HTTP/1.1\r\nHost: docker\r\n\r\n');
    await client.ended();
    expect(client.got()).toMatch(/^HTTP\/1\.1 502 .*\r\n\r\n$/s);
    expect((await bench.ended()).problem).toContain('connection refused');
  });

  it('that is not on screen is told with 503, and the next request reaches the one that is', async () => {
    await using engine = await startRawEngine(answering(OK));
    await using bench = await openBench(null, 'the sandbox is starting');
    using early = await bench.client();
    early.send(GET);
    await early.ended();
    expect(early.got()).toMatch(/^HTTP\/1\.1 503 .*"Slipway: .*the sandbox is starting"/s);
    bench.wire.setTarget(engine.endpoint, 'sandbox');
    using late = await bench.client();
    late.send(GET);
    await late.until('[]\n');
    expect(bench.calls().map(({ status }) => status)).toEqual([503, 200]);
  });

  it('that is another one now ends its connections', async () => {
    await using engine = await startRawEngine(when('\r\n\r\n', (socket) => void socket.write(CHUNKS)));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET);
    await client.until('chunked');
    bench.wire.setTarget(engine.endpoint, 'the same under another name');
    expect(engine.sockets.size).toBe(1);
    bench.wire.setTarget({ via: 'unix', path: '/other.sock' }, 'another');
    await client.ended();
    await engine.gone();
    expect((await bench.ended()).problem).toBe('the engine on screen has changed');
  });

  it('that hangs up before it has answered is told', async () => {
    await using engine = await startRawEngine(when('\r\n\r\n', (socket) => socket.destroy()));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET);
    await client.ended();
    expect(client.got()).toContain('502 Bad Gateway');
    expect(await bench.ended()).toMatchObject({
      status: 502,
      problem: 'the engine hung up before it had answered',
    });
  });

  it('that closes an idle connection at the moment of the next request is not answered for: clients ask again', async () => {
    let asked = 0;
    await using engine = await startRawEngine((socket) =>
      socket.on('data', () => (++asked === 1 ? socket.write(OK) : socket.destroy())),
    );
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET);
    await client.until(OK);
    client.send(GET);
    await client.ended();
    expect(client.got()).toBe(OK);
  });

  it.each([
    ['a known length', OK.replace('3', '30')],
    ['chunks', `${CHUNKS}5\r\nhel`],
    ['chunks, between two', `${CHUNKS}5\r\nhello\r\n`],
  ])('that is gone in the middle of an answer of %s ends it for the client too', async (_name, half) => {
    await using engine = await startRawEngine(
      when('\r\n\r\n', (socket) => socket.write(half, () => socket.destroy())),
    );
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET);
    await client.ended();
    expect(client.got()).toBe(half);
    expect(await bench.ended()).toMatchObject({
      status: 200,
      problem: expect.stringMatching(/broke off|closed/),
    });
    await until(() => client.socket.destroyed || client.socket.readableEnded);
  });

  it.each(['220 mail.example.org ESMTP\r\n', 'HTTP/1.1 nonsense\r\n\r\n', OK.replace('3', '3, 4')])(
    'that answers %j is told with 502, and its connection is closed',
    async (answer) => {
      await using engine = await startRawEngine(answering(answer));
      await using bench = await openBench(engine.endpoint);
      using client = await bench.client();
      client.send(GET);
      await client.ended();
      await engine.gone();
      expect(client.got()).toMatch(/^HTTP\/1\.1 502 .*cannot be read/s);
      expect((await bench.ended()).problem).toContain('cannot be read');
    },
  );

  it('that sends a chunk of no size in the middle is cut off there', async () => {
    await using engine = await startRawEngine(answering(`${CHUNKS}2\r\n[]\r\nzz\r\n`));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET);
    await client.ended();
    await engine.gone();
    expect(client.got()).not.toContain('zz');
    expect((await bench.ended()).problem).toContain('the size of a chunk');
  });

  it('that says more than it was asked loses its connection', async () => {
    await using engine = await startRawEngine(answering(OK + OK));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET);
    await client.ended();
    await engine.gone();
    expect(client.got()).toBe(OK);
  });

  it('that answers and hangs up before it has read the whole request is heard', async () => {
    const refusal = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnope';
    await using engine = await startRawEngine((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write(refusal, () => socket.destroy());
      });
    });
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    const megabyte = Buffer.alloc(1024 * 1024);
    client.send(`POST /v1.41/build HTTP/1.1\r\nHost: d\r\nContent-Length: ${64 * megabyte.length}\r\n\r\n`);
    for (let sent = 0; sent < 64; sent++) client.send(megabyte);
    await client.ended();
    expect(client.got()).toBe(refusal);
    expect(await bench.ended()).toMatchObject({ status: 400 });
  });

  it('that answers early and reads on gets the rest of the request, and the next one', async () => {
    await using engine = await startRawEngine((socket) => {
      socket.once('data', () => socket.write(OK));
    });
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send('POST /build HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\n01234');
    await client.until(OK);
    expect(bench.calls()[0]?.endedAfter).toBeNull();
    client.send(`56789${GET}`);
    await until(() => engine.received().endsWith(`0123456789${GET}`));
    expect(bench.calls()).toMatchObject([{ status: 200, problem: '', sent: 10 }, { status: null }]);
  });
});

describe('a client that fails', () => {
  it('that is gone in the middle of an answer takes the connection to the engine with it', async () => {
    await using engine = await startRawEngine(answering(`${CHUNKS}2\r\n{}\r\n`));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET);
    await client.until('{}');
    client.socket.destroy();
    await engine.gone();
    expect((await bench.ended()).problem).toBe('the client left before the answer was complete');
  });

  it('that has enough of a stream without an end has no problem', async () => {
    await using engine = await startRawEngine(answering(`${CHUNKS}2\r\n{}\r\n`));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send('GET /v1.41/events HTTP/1.1\r\nHost: d\r\n\r\n');
    await client.until('{}');
    client.socket.destroy();
    await engine.gone();
    expect((await bench.ended()).problem).toBe('');
  });

  it('that is gone in the middle of its request ends it at the engine too', async () => {
    await using engine = await startRawEngine((socket) => socket.on('end', () => socket.end()));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send('POST /build HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\n01234');
    await until(() => engine.received().endsWith('01234'));
    client.socket.destroy();
    await engine.gone();
    expect((await bench.ended()).problem).toMatch(/client left/);
  });

  it('that leaves while its request is held never reaches the engine', async () => {
    await using engine = await startRawEngine();
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send('POST /containers/create HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\n{"Im');
    await until(() => bench.calls().length > 0);
    client.socket.destroy();
    await engine.gone();
    expect((await bench.ended()).problem).toBe('the client left before its request was complete');
    expect(engine.received()).toBe('');
  });

  it('that leaves an upgrade which is never answered takes the connection to the engine with it', async () => {
    // It reads the end of the client’s half and does nothing: only a closed connection ends it.
    await using engine = await startRawEngine();
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(UPGRADE);
    await until(() => engine.received() === UPGRADE);
    client.socket.destroy();
    await engine.gone();
    expect((await bench.ended()).problem).toBe('the client left before the answer was complete');
  });

  it.each([
    ['nonsense', 'nonsense\r\n\r\n', '400 Bad Request'],
    ['TLS', '\x16\x03\x01\x02\x00', '400 Bad Request'],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', '400 Bad Request'],
    ['another HTTP', 'GET / HTTP/3.0\r\n\r\n', '505 HTTP'],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx', '400 Bad Request'],
    [
      'a request hidden behind chunks',
      `POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${GET}`,
      '400 Bad Request',
    ],
  ])('that sends %s gets an answer of the wire, and the engine nothing', async (_name, request, answer) => {
    await using engine = await startRawEngine(answering(OK));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(Buffer.from(request, 'latin1'));
    await client.ended();
    expect(client.got()).toMatch(new RegExp(`^HTTP/1\\.1 ${answer}`));
    expect(engine.opened()).toBe(0);
    expect((await bench.ended()).problem).not.toBe('');
  });

  it.each([
    ['while the engine reads nothing', ''],
    ['an engine that has said its last word and reads nothing', SWITCHING],
  ])('that leaves %s takes the connection with it', async (_name, answer) => {
    await using engine = await startRawEngine(
      when('{}', (socket) => {
        socket.pause();
        if (answer !== '') socket.end(answer);
      }),
    );
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(UPGRADE);
    if (answer !== '') await client.ended();
    client.send(Buffer.alloc(8 * 1024 * 1024));
    await until(
      () => (answer === '' ? client.socket.bytesWritten : (bench.calls()[0]?.sent ?? 0)) > 64 * 1024,
    );
    client.socket.destroy();
    await bench.ended();
    const socket = await engine.socket();
    socket.resume();
    await engine.gone();
  });

  it('that sends a bad chunk is told, and the engine gets no byte of it', async () => {
    await using engine = await startRawEngine();
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send('POST /build HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n');
    client.send('2\r\nok\r\n');
    await until(() => engine.received().endsWith('ok\r\n'));
    client.send('-1\r\nbad\r\n');
    await client.ended();
    await engine.gone();
    expect(client.got()).toContain('400 Bad Request');
    expect(engine.received()).not.toContain('bad');
  });

  it('that sends a header of 100 MB is stopped at 1 MB, and memory stays flat', async () => {
    await using engine = await startRawEngine();
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    const megabyte = Buffer.alloc(1024 * 1024, 'a');
    const before = process.memoryUsage().rss;
    client.send('GET / HTTP/1.1\r\nX-Long: ');
    for (let sent = 0; sent < 100; sent++) {
      client.send(megabyte);
      await until(() => client.socket.destroyed || !client.socket.writableNeedDrain);
    }
    await client.ended();
    expect(client.got()).toMatch(/^HTTP\/1\.1 431 .*longer than 1 MB/s);
    expect(engine.opened()).toBe(0);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * megabyte.length);
    expect((await bench.ended()).status).toBe(431);
  });
});

describe('a slow reader', () => {
  const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

  it('holds the engine back', async () => {
    let written = 0;
    await using engine = await startRawEngine(
      when('\r\n\r\n', (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\n\r\n');
        const more = (): void => {
          while (!socket.destroyed && socket.write(MEGABYTE)) written++;
        };
        socket.on('drain', more);
        more();
      }),
    );
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.socket.pause();
    client.send(GET);
    const socket = await engine.socket();
    await until(() => socket.writableNeedDrain);
    // As much as sockets hold, and nothing more comes while nobody reads: the count stays the same over many turns.
    let last = -1;
    await until(() => last === (last = bench.calls()[0]?.received ?? 0) && socket.writableNeedDrain);
    expect(bench.calls()[0]?.received).toBeLessThan(2 * MEGABYTE.length);
    expect(written).toBeLessThan(4);
    client.socket.destroy();
    await engine.gone();
  });

  it.each([
    ['that has ended its own half', true],
    ['of an engine that is gone', false],
  ])('%s still gets everything, however long it takes', async (_name, endsHalf) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    // Somewhere between the sizes the last piece is one that the kernel does not take any more.
    for (let kilobytes = 160; kilobytes < 400; kilobytes += 24) {
      // oxlint-disable no-await-in-loop -- one after the other, each with ends of its own
      const body = MEGABYTE.subarray(0, kilobytes * 1024);
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`;
      await using engine = await startRawEngine(
        when('\r\n\r\n', (socket) => {
          socket.write(head);
          if (endsHalf) socket.write(body);
          else socket.end(body);
        }),
      );
      await using bench = await openBench(engine.endpoint);
      using client = await bench.client();
      client.socket.pause();
      if (endsHalf) client.socket.end(GET);
      else client.send(GET);
      while (!bench.calls()[0]?.answeredAfter) await turn();
      for (let turns = 0; turns < 50; turns++) {
        await turn();
        vi.advanceTimersByTime(1000);
      }
      client.socket.resume();
      while (!client.socket.readableEnded && !client.socket.destroyed) await turn();
      expect(client.bytes().length).toBe(head.length + body.length);
      expect(bench.calls()).toMatchObject([{ status: 200, problem: '' }]);
      // oxlint-enable no-await-in-loop
    }
  });

  it('at the engine holds the client back', async () => {
    await using engine = await startRawEngine((socket) => void setImmediate(() => socket.pause()));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(`POST /images/load HTTP/1.1\r\nHost: d\r\nContent-Length: ${64 * MEGABYTE.length}\r\n\r\n`);
    for (let sent = 0; sent < 64; sent++) client.send(MEGABYTE);
    await until(() => (bench.calls()[0]?.sent ?? 0) > 0);
    expect(client.socket.writableLength).toBeGreaterThan(60 * MEGABYTE.length);
    const socket = await engine.socket();
    socket.resume();
    await until(() => engine.receivedBytes().length > 64 * MEGABYTE.length);
    client.socket.destroy();
  });
});

describe('what passes', () => {
  it('is the same bytes both ways, in whatever case and order headers were written', async () => {
    const request =
      'POST /v1.41/a%2Fb?x=%20y HTTP/1.1\r\nhost:a\r\nX-odd:   b  \r\nContent-LENGTH: 2\r\n\r\n\xff\x00';
    const answer = 'HTTP/1.1 418 I am\r\nTransfer-encoding: Chunked\r\n\r\n1;x\r\n\xfe\r\n0\r\nT: 1\r\n\r\n';
    await using engine = await startRawEngine(answering(Buffer.from(answer, 'latin1')));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    for (const byte of Buffer.from(request, 'latin1')) client.send(Buffer.from([byte]));
    await until(() => client.got() === answer);
    await until(() => engine.received() === request);
    expect(await bench.ended()).toMatchObject({ status: 418, sent: 2, received: 19, problem: '' });
  });

  it('is one request after another on one connection, also when they come at once', async () => {
    await using engine = await startRawEngine(answering(OK));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(GET + GET + GET);
    await until(() => client.got() === OK + OK + OK);
    expect(engine.opened()).toBe(1);
    expect(engine.received()).toBe(GET + GET + GET);
    await until(() => bench.calls().every(({ endedAfter }) => endedAfter !== null));
    expect(bench.calls()).toMatchObject([
      { id: 1, connection: 1, status: 200, response: { text: '[]\n', cut: false } },
      { id: 2, connection: 1, status: 200 },
      { id: 3, connection: 1, status: 200 },
    ]);
    client.socket.end();
    await engine.gone();
  });

  it('is the end of the client’s half alone, and the answer still comes', async () => {
    await using engine = await startRawEngine((socket) => socket.on('end', () => socket.end(OK)));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.socket.end(GET);
    await client.ended();
    expect(client.got()).toBe(OK);
    expect((await bench.ended()).problem).toBe('');
  });

  it('is 100-continue of the engine', async () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
    await using engine = await startRawEngine((socket, got) => {
      socket.on('data', () => socket.write(got().endsWith('{}') ? OK : interim));
    });
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send('POST /build HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n');
    await client.until(interim);
    client.send('{}');
    await until(() => client.got() === interim + OK);
    expect(await bench.ended()).toMatchObject({ status: 200, sent: 2 });
  });

  it.each([
    ['an upgrade', SWITCHING],
    ['the old way without one', 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n'],
  ])('is anything both ways after %s, each half with an end of its own', async (_name, head) => {
    await using engine = await startRawEngine(
      when('{}', (socket) => {
        socket.write(head);
        socket.on('end', () => socket.end('GET bye\r\n\r\n'));
      }),
    );
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    // What is sent ahead of the answer waits for it.
    client.send(`${UPGRADE}early`);
    await client.until(head);
    await until(() => engine.received() === `${UPGRADE}early`);
    client.socket.end('\r\n\r\n');
    await client.ended();
    expect(client.got()).toBe(`${head}GET bye\r\n\r\n`);
    expect(engine.received()).toBe(`${UPGRADE}early\r\n\r\n`);
    expect(await bench.ended()).toMatchObject({
      mode: 'upgraded',
      request: { text: '{}' },
      response: null,
      sent: 11,
      received: 11,
      problem: '',
    });
    await engine.gone();
  });

  it('is the end of the engine’s half alone in an upgraded connection', async () => {
    await using engine = await startRawEngine(when('{}', (socket) => socket.end(SWITCHING)));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(UPGRADE);
    await client.ended();
    client.socket.end('more');
    await until(() => engine.received() === `${UPGRADE}more`);
    await engine.gone();
    expect((await bench.ended()).problem).toBe('');
  });

  it('is HTTP/2 from the first byte on', async () => {
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
    await using engine = await startRawEngine(when('SM', (socket) => void socket.write('\0\0\0frame')));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(preface);
    await client.until('frame');
    expect(engine.received()).toBe(preface);
    expect(bench.calls()).toMatchObject([{ method: 'PRI', mode: 'upgraded' }]);
  });
});

describe('a request that creates something', () => {
  const create = (path: string, headers: string, body: string): string =>
    `POST ${path} HTTP/1.1\r\nHost: d\r\n${headers}\r\n\r\n${body}`;
  const stamped = '{"Labels":{"slipway.run":"run-1"},"Memory":9223372036854771712}';
  const plain = '{"Memory":9223372036854771712}';

  it.each([
    ['of a known length', `Content-Length: ${plain.length}`, plain],
    [
      'in chunks',
      'Transfer-Encoding: chunked',
      `5\r\n${plain.slice(0, 5)}\r\n19\r\n${plain.slice(5)}\r\n0\r\n\r\n`,
    ],
  ])('%s gets the label on its way', async (_name, headers, body) => {
    await using engine = await startRawEngine(answering(OK));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    for (const byte of Buffer.from(
      create('/v1.41/containers/create?name=x', `${headers}\r\nContent-Type: application/json`, body),
    ))
      client.send(Buffer.from([byte]));
    await client.until(OK);
    expect(engine.received().replace(/\r\nContent-Type: application\/json/, '')).toBe(
      create('/v1.41/containers/create?name=x', `Content-Length: ${stamped.length}`, stamped),
    );
    expect(await bench.ended()).toMatchObject({ labelled: true, request: { text: plain }, problem: '' });
  });

  it('and waits to be told to go on is told so by the wire', async () => {
    await using engine = await startRawEngine(answering(OK));
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(create('/volumes/create', 'Expect: 100-continue\r\nContent-Length: 2', ''));
    await client.until('100 Continue\r\n\r\n');
    client.send('{}');
    await client.until(OK);
    expect(engine.received()).toContain('{"Labels":{"slipway.run":"run-1"}}');
    expect(engine.received()).not.toContain('Expect');
  });

  it.each([
    ['without JSON', 'Content-Length: 3', 'abc'],
    [
      'of several megabytes',
      `Content-Length: ${5 * 1024 * 1024}`,
      `{"a":"${'x'.repeat(5 * 1024 * 1024 - 8)}"}`,
    ],
    [
      'of several megabytes in chunks',
      'Transfer-Encoding: chunked',
      `500008\r\n{"a":"${'x'.repeat(5 * 1024 * 1024)}"}\r\n0\r\n\r\n`,
    ],
  ])('%s passes as it is', async (_name, headers, body) => {
    const request = create('/networks/create', headers, body);
    await using engine = await startRawEngine((socket) => {
      let size = 0;
      socket.on('data', (piece) => (size += piece.length) === request.length && socket.write(OK));
    });
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(request);
    await client.until(OK);
    expect(engine.received() === request).toBe(true);
    expect(await bench.ended()).toMatchObject({ labelled: false, problem: '' });
  });
});

describe('what is told', () => {
  it('is the request, the answer, news of a stream, and the end', async () => {
    let speaker: Socket | undefined;
    await using engine = await startRawEngine(
      when('\r\n\r\n', (socket) => {
        speaker = socket;
        socket.write(CHUNKS);
      }),
    );
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    client.send(
      'GET /v1.41/events HTTP/1.1\r\nHost: d\r\nX-Registry-Auth: hunter2\r\nAuthorization: hunter2\r\n\r\n',
    );
    await client.until('chunked');
    speaker?.write('9\r\n{"id":1}\n\r\n');
    await until(() => bench.told.some(({ response }) => response?.text === '{"id":1}\n'));
    speaker?.write('0\r\n\r\n');
    const last = await bench.ended();
    expect(bench.told.map(({ status, endedAfter }) => [status, endedAfter !== null])).toEqual([
      [null, false],
      [200, false],
      [200, false],
      [200, true],
    ]);
    expect(last).toMatchObject({ id: 1, source: 1, version: 'v1.41', path: '/events', received: 19 });
    expect(last.endedAfter).toBeGreaterThanOrEqual(last.answeredAfter ?? Infinity);
    expect(JSON.stringify(bench.told)).not.toContain('hunter2');
  });

  it('has secrets masked before it is told', async () => {
    await using engine = await startRawEngine(
      answering(OK.replace('3', '29').replace('[]\n', '{"IdentityToken":"hunter2xxx"}')),
    );
    await using bench = await openBench(engine.endpoint);
    using client = await bench.client();
    const body = '{"username":"u","password":"hunter2"}';
    client.send(
      `POST /v1.41/auth?password=hunter2 HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await until(() => bench.calls()[0]?.status === 200);
    expect(engine.received()).toContain('hunter2');
    expect(bench.calls()[0]).toMatchObject({ masked: true, contentType: 'application/json' });
    expect(JSON.stringify(bench.told)).not.toContain('hunter2');
  });
});
