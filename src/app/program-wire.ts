import type { Engine } from '../engine/engine.ts';
import type { Wire, WireListener, WireOptions } from '../wire/open-wire.ts';
import type { WireCall } from '../wire/wire-call.ts';
import type { ProgramStore } from './program-store.ts';

/** The name of the label on all that is made through the wire; its value is this run of the program. */
export const RUN_LABEL = 'slipway.run';

/** Calls come in bursts; the screen gets them this often, in milliseconds. */
const CALLS_EVERY = 50;

/** The wire between the shells of this program and the engine on screen. It is opened with the first shell. */
export type ProgramWire = {
  /** A socket for one shell. */
  listen: (shell: number) => Promise<WireListener>;
  /** The engine that shells speak to from now on; null while there is none. */
  setEngine: (engine: Engine | null) => void;
  /** Called with the newest word on each call, as it comes; gives the way to stop that. */
  onCall: (listener: (call: WireCall) => void) => () => void;
  close: () => Promise<void>;
};

export function createProgramWire(
  store: ProgramStore,
  run: string,
  open: (options: WireOptions) => Promise<Wire>,
): ProgramWire {
  let engine: Engine | null = null;
  let wire: Promise<Wire> | null = null;
  const calls = collectCalls(store);
  const listeners = new Set<(call: WireCall) => void>();
  const onCall = (call: WireCall): void => {
    calls.add(call);
    for (const listener of listeners) listener(call);
  };
  const opened = (): Promise<Wire> => {
    wire ??= start();
    return wire;
  };
  const start = async (): Promise<Wire> => {
    const started = await open({ label: { name: RUN_LABEL, value: run }, onCall });
    aim(started, engine);
    return started;
  };
  return {
    listen: async (shell) => (await opened()).listen(shell),
    setEngine(next) {
      engine = next;
      // One that could not be opened has been told of by whoever asked for it.
      wire?.then((started) => aim(started, engine)).catch(() => undefined);
    },
    onCall(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      calls.stop();
      await wire?.then((started) => started.close()).catch(() => undefined);
    },
  };
}

function aim(wire: Wire, engine: Engine | null): void {
  if (engine === null) wire.setTarget(null, 'no engine is on screen');
  else wire.setTarget(engine.endpoint, engine.host);
}

/** Keeps the newest word on each call until the screen is due. */
function collectCalls(store: ProgramStore): { add: (call: WireCall) => void; stop: () => void } {
  const news = new Map<number, WireCall>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const calls = [...news.values()];
    news.clear();
    store.dispatch({ type: 'wire-called', calls });
  };
  return {
    add(call) {
      news.set(call.id, call);
      timer ??= setTimeout(flush, CALLS_EVERY);
    },
    stop: () => clearTimeout(timer),
  };
}
