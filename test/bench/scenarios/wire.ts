import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, memory, resetPeak } from '../process-usage.ts';
import { median } from '../quantiles.ts';
import { type Scenario, usual } from '../scenario.ts';
import { startFake } from '../start-fake.ts';
import { type Program, now } from '../stopwatch.ts';
import { withShellPane } from '../with-shell.ts';

const TURNS = 40;
const PINGS = 200;
const GIGABYTE = 2 ** 30;
const SAVE = ['save', 'image-0:1'];

export const wire: Scenario = {
  name: 'wire',
  what: 'through the wire of a shell in Slipway; the floor is without it, and for 1 GB the smallest proxy in Node',
  targets: [
    { what: '`docker ps`', unit: 'ms', value: 'ps', floor: 'floorPs' },
    { what: '… added by the wire', unit: 'ms', value: 'psAdded', most: 5 },
    { what: '`GET /_ping`', unit: 'ms', value: 'ping', floor: 'floorPing' },
    { what: '… added by the wire', unit: 'ms', value: 'pingAdded', most: 5 },
    // From here on the floor is the smallest proxy in Node.
    {
      what: 'the third 1 GB by `docker save`',
      unit: 'MB/s',
      value: 'speed',
      floor: 'floorSpeed',
      atLeastFloor: 0.5,
    },
    { what: '… CPU time', unit: 'ms', value: 'cpu', floor: 'floorCpu' },
    { what: '… memory beyond the second', unit: 'MB', value: 'grown', floor: 'floorGrown', most: 30 },
    { what: '… memory added by all three', unit: 'MB', value: 'added', floor: 'floorAdded' },
    { what: '… without a proxy', unit: 'MB/s', value: 'directSpeed' },
  ],
  async run({ engine, slipway }) {
    await engine.talk.provide(usual());
    const calls = await timeCalls(engine.talk.host, slipway(engine.talk.host));
    const fake = await startFake(10, GIGABYTE);
    try {
      return { ...calls, ...(await timeSave(fake.talk.host, slipway(fake.talk.host))) };
    } finally {
      await fake.stop();
    }
  },
};

async function timeCalls(direct: string, program: Program) {
  return withShellPane(program, async ({ ask }) => {
    const wired = await ask('echo $DOCKER_HOST');
    if (wired === direct || wired === '') throw new Error(`the shell speaks to ${wired}: no wire`);
    const [ps, floorPs] = await inTurns(TURNS, wired, direct, (host) => timeDocker(host, ['ps']));
    const [ping, floorPing] = await inTurns(PINGS, wired, direct, timePing);
    return { ps, floorPs, psAdded: ps - floorPs, ping, floorPing, pingAdded: ping - floorPing };
  });
}

/** The medians for both; noise meets them alike. The first of each is not counted. */
async function inTurns(
  turns: number,
  wired: string,
  direct: string,
  time: (host: string) => Promise<number>,
): Promise<[number, number]> {
  const took: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= turns; turn++) {
    const [a, b] = [await time(wired), await time(direct)];
    if (turn === 0) continue;
    took[0].push(a);
    took[1].push(b);
  }
  return [median(took[0]) ?? Infinity, median(took[1]) ?? Infinity];
}

/** Milliseconds of a `docker` from its start to its end; nobody keeps what it writes. */
async function timeDocker(host: string, args: readonly string[]): Promise<number> {
  const startedAt = now();
  const child = spawn('docker', args, {
    env: { ...process.env, DOCKER_HOST: host },
    // `save` refuses to write to a terminal.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code} at ${host}`);
  return now() - startedAt;
}

/** On a connection of its own, as each `docker` has one. */
async function timePing(host: string): Promise<number> {
  const startedAt = now();
  const request = http.get({ socketPath: host.replace('unix://', ''), path: '/_ping', agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  response.resume();
  await once(response, 'end');
  return now() - startedAt;
}

async function timeSave(direct: string, program: Program) {
  return withShellPane(
    program,
    async ({ timed, ask, folder }) => {
      const proxy = await startProxy(direct, join(folder, 'proxy'));
      try {
        const theirs = await watchSaves(proxy.host, proxy.pid);
        const ours = await watchSaves(await ask('echo $DOCKER_HOST'), timed.pid);
        return {
          ...ours,
          directSpeed: speed(await timeDocker(direct, SAVE)),
          floorSpeed: theirs.speed,
          floorCpu: theirs.cpu,
          floorAdded: theirs.added,
          floorGrown: theirs.grown,
        };
      } finally {
        await proxy.stop();
      }
    },
    'container-0',
  );
}

async function startProxy(engine: string, socket: string) {
  const script = join(import.meta.dirname, '../floor/pass-bytes.ts');
  const child = fork(script, [engine.replace('unix://', ''), socket]);
  await once(child, 'message');
  return {
    host: `unix://${socket}`,
    pid: child.pid ?? 0,
    async stop(): Promise<void> {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** Node takes its buffers with the first, and some more with the second: flat is what does not grow any further. */
async function watchSaves(host: string, pid: number) {
  const before = memory(pid).now;
  await watchSave(host, pid);
  const second = await watchSave(host, pid);
  const third = await watchSave(host, pid);
  return { ...third, added: third.peak - before, grown: third.peak - second.peak };
}

async function watchSave(host: string, pid: number) {
  await sleep(1_000);
  const before = cpuSeconds(pid);
  resetPeak(pid);
  const took = await timeDocker(host, SAVE);
  return {
    speed: speed(took),
    peak: memory(pid).peak,
    cpu: (cpuSeconds(pid) - before) * 1000,
  };
}

const speed = (took: number): number => (GIGABYTE / 2 ** 20 / took) * 1000;
