import { connect } from '../engine/connect.ts';
import type { Engine } from '../engine/engine.ts';
import { BASE_IMAGE, isBaseImage, loadBaseImage } from './base-image.ts';
import { type Limits, type Usage, cgroupUsage } from './cgroup.ts';
import { discardData } from './discard-data.ts';
import { followPorts } from './follow-ports.ts';
import { isRoot } from './namespaced-process.ts';
import type { Places } from './places.ts';
import { type PortBridge, openPortBridge } from './port-bridge.ts';
import { type PrivateEngine, stopPrivateEngine } from './private-engine.ts';
import type { KeeperStatus } from './talk.ts';
import { watchDisk } from './watch-disk.ts';
import type { Way } from './ways.ts';

/** The sandbox's engine, kept running: one that dies is started again on the same socket. */
export type KeptEngine = {
  /** Resolves, with the reason, when it is given up. */
  failed: Promise<string>;
  warnings(): readonly string[];
  status(): Promise<EngineStatus>;
  /** Starts again with nothing but the base image. */
  reset(onStep: (text: string) => void): Promise<void>;
  /** `discard`: what it holds goes too, so that nothing need end in order. */
  close(discard: boolean): Promise<void>;
};

export type EngineStatus = Pick<KeeperStatus, 'engine' | 'pids' | 'startedAt' | 'ports' | 'warnings'> & {
  usage: Usage;
};

export type KeepOptions = {
  way: Way;
  limits: Limits;
  /** Bytes that it may hold. */
  diskLimit: number;
  /** Milliseconds between two looks at what it holds. */
  lookEvery?: number;
  onStep: (text: string) => void;
  /** Called with what is amiss from then on: little room, a port that is taken. */
  onWarning?: (text: string) => void;
  signal: AbortSignal;
};

/** For containers to end in by themselves; dockerd idles a second even without any. */
const STOP_GRACE = 3000;
/** Deaths within a minute after which it is given up. */
const MANY_DEATHS = 3;

type Run = { engine: PrivateEngine; api: Engine; bridge: PortBridge; watching: AbortController };

export async function keepEngine(places: Places, options: KeepOptions): Promise<KeptEngine> {
  const { promise: failed, resolve: giveUp } = Promise.withResolvers<string>();
  const deaths: number[] = [];
  let state: KeeperStatus['engine'] = 'starting';
  let run = await start(places, options);
  let queue: Promise<unknown> = Promise.resolve();
  const oneAtATime = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  };
  const watchOver = () => {
    state = 'ready';
    const watched = run;
    void afterDeath(watched).catch((error: Error) => giveUp(error.message));
  };
  const afterDeath = async (watched: Run) => {
    await watched.engine.exited;
    if (state === 'ready' && watched === run) await oneAtATime(startAgain);
  };
  const startAgain = async () => {
    if (state !== 'ready' || !run.engine.hasExited()) return;
    deaths.push(Date.now());
    if (deaths.filter((at) => at > Date.now() - 60_000).length > MANY_DEATHS)
      throw new Error(
        `${options.way.name} ended ${MANY_DEATHS + 1} times within a minute; its log: ${places.engineLog}`,
      );
    state = 'starting';
    await stop(places, run, 0);
    run = await start(places, options);
    watchOver();
  };
  watchOver();
  const disk = watchDisk(places.data, {
    limit: options.diskLimit,
    ...(options.lookEvery && { every: options.lookEvery }),
    onFull: () => killAll(run.api),
    ...(options.onWarning && { onWarning: options.onWarning }),
  });
  const warnings = () => [
    ...run.engine.unlimited,
    ...(disk.warning() ? [disk.warning()] : []),
    ...run.bridge.ports().flatMap((port) => port.problem || []),
  ];

  return {
    failed,
    warnings,
    status: async () => ({
      engine: state,
      pids: { keeper: process.pid, engine: run.engine.pid, holder: run.engine.holder },
      startedAt: run.engine.startedAt,
      usage: isRoot() ? await cgroupUsage(places.name) : { memory: null, pids: null },
      ports: run.bridge.ports(),
      warnings: warnings(),
    }),
    reset: (onStep) =>
      oneAtATime(async () => {
        state = 'resetting';
        onStep('Stopping everything in the sandbox');
        try {
          await stop(places, run, 0);
          await discardData(places);
          run = await start(places, { ...options, onStep });
        } catch (error) {
          giveUp(error instanceof Error ? error.message : String(error));
          throw error;
        }
        watchOver();
      }),
    close: (discard) =>
      oneAtATime(async () => {
        state = 'stopping';
        disk.close();
        await stop(places, run, discard ? 0 : STOP_GRACE);
        if (discard) await discardData(places);
      }),
  };
}

async function start(places: Places, { way, limits, onStep, onWarning, signal }: KeepOptions): Promise<Run> {
  onStep(`Starting a private engine: ${way.name}`);
  const engine = await way.start(places, { limits, signal });
  try {
    onStep('Opening the way to published ports');
    const opening = openPortBridge(engine.holder, engine.address);
    const api = await connect({ via: 'unix', path: places.socket }, { signal });
    const images = await api.list('image');
    if (!images.some((image) => image.kind === 'image' && image.tags.some(isBaseImage))) {
      onStep(`Loading the image ${BASE_IMAGE}`);
      await loadBaseImage(api, { signal });
    }
    const bridge = await opening.then((opened) => tellingOfPorts(opened, onWarning));
    const watching = new AbortController();
    // It ends with the engine, whose death is seen to elsewhere.
    followPorts(api, bridge, watching.signal).catch((error: Error) => {
      if (!watching.signal.aborted) process.stderr.write(`ports are no longer followed: ${error.message}\n`);
    });
    return { engine, api, bridge, watching };
  } catch (error) {
    await stopPrivateEngine(places, engine, 0);
    throw error;
  }
}

/** Tells of each port that cannot be opened, once for as long as it cannot. */
function tellingOfPorts(bridge: PortBridge, onWarning: (text: string) => void = () => {}): PortBridge {
  let told: readonly string[] = [];
  const show = async (ports: readonly number[]): Promise<void> => {
    await bridge.show(ports);
    const problems = bridge.ports().flatMap(({ problem }) => problem || []);
    for (const problem of problems) if (!told.includes(problem)) onWarning(problem);
    told = problems;
  };
  return { ...bridge, show };
}

async function killAll(api: Engine): Promise<void> {
  for (const container of await api.list('container')) {
    if (container.kind !== 'container' || container.state !== 'running') continue;
    const { id, name } = container;
    // It may have ended by itself meanwhile.
    await api.carryOut({ do: 'kill', container: { id, name }, signal: 'KILL' }).catch(() => undefined);
  }
}

async function stop(places: Places, run: Run, grace: number): Promise<void> {
  run.watching.abort();
  run.api.close();
  await stopPrivateEngine(places, run.engine, grace);
  run.bridge.close();
}
