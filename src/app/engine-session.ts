import { connect } from '../engine/connect.ts';
import type { Command } from '../engine/commands.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { adviceFor } from '../engine/routes/advice.ts';
import { findEngines, type FoundEngine, type RouteSearch } from '../engine/routes/find-engines.ts';
import type { RouteReport } from '../engine/routes/route.ts';
import type { Surroundings } from '../engine/routes/surroundings.ts';
import type { RouteLine } from '../model/connect-state.ts';
import { InstallError, runInstall } from '../sandbox/run-install.ts';
import { SandboxError } from '../sandbox/sandbox-error.ts';
import { openSandbox, type SandboxLease } from '../sandbox/sandbox.ts';
import type { SandboxKind } from '../sandbox/kinds.ts';
import { carryOutCommands } from './carry-out-commands.ts';
import { askBeforeEnding } from './data/ask-before-ending.ts';
import { followRegistry } from './registry/follow-registry.ts';
import { followData } from './data/follow-data.ts';
import { fillInObjects } from './fill-in-objects.ts';
import { followEngine } from './follow-engine.ts';
import { followLayers } from './layers/follow-layers.ts';
import { followSelection } from './follow-selection.ts';
import type { ProgramStore } from './program-store.ts';
import { makeOffer, type Offering } from './make-offer.ts';
import { tellWarnings } from './tell-warnings.ts';
import { wait } from './wait.ts';

/** Where nothing answered, all ways are tried again this often, in milliseconds. */
const SEARCH_AGAIN_AFTER = 3_000;

export type SessionOptions = {
  surroundings: Surroundings;
  /** Answers “yes” to what is offered, for scripts. */
  yes: boolean;
  /** The engine that the sandbox has to be. */
  sandboxKind?: SandboxKind | null;
  /** The sandbox outlives the last Slipway. */
  keep: boolean;
  /** Called when another engine is on screen. */
  onEngine?: (engine: Engine) => void;
  /** Called with what is not an engine's or the person's doing; the program ends with a report. */
  onError: (error: unknown) => void;
};

/**
 * The program's one engine, from looking for it to leaving it. Everything that goes on with an engine is told to the
 * store as events.
 */
export class EngineSession {
  readonly #store: ProgramStore;
  readonly #options: SessionOptions;
  #engine: Engine | null = null;
  #lease: SandboxLease | null = null;
  #found: readonly FoundEngine[] = [];
  /** Ends what goes on with the present engine. */
  #living = new AbortController();
  /** Ends the present search, installation or start. */
  #work = new AbortController();

  constructor(store: ProgramStore, options: SessionOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Looks for engines; takes one that is named or alone, lets the person choose among several. */
  search(options: { choose: boolean } = { choose: false }): void {
    this.#start((signal) => this.#search(options.choose, signal));
  }

  /** The person stays with the engine on screen. */
  stopSearch(): void {
    this.#work.abort();
    this.#closeFound(null);
  }

  connectTo(host: string): void {
    const found = this.#found.find((f) => f.report.host === host);
    if (found === undefined) return this.search();
    this.#work.abort();
    this.#use(found.engine, null);
  }

  startSandbox(): void {
    this.#start((signal) => this.#startSandbox(signal));
  }

  install(): void {
    this.#start((signal) => this.#install(signal));
  }

  carryOut(commands: readonly Command[], asked = false): void {
    const engine = this.#engine;
    if (engine !== null) this.#guard(this.#carryOut(engine, commands, asked));
  }

  async #carryOut(engine: Engine, commands: readonly Command[], asked: boolean): Promise<void> {
    const { signal } = this.#living;
    if (!asked && (await askBeforeEnding(engine, this.#store, commands, signal))) return;
    await carryOutCommands(engine, this.#store, commands, signal);
  }

  /** Subscribes and reads everything anew, as after being asleep. */
  refresh(): void {
    const engine = this.#engine;
    if (engine === null) return this.search();
    this.#live(engine);
  }

  /** For what needs the engine itself, such as a shell inside a container. */
  get engine(): Engine | null {
    return this.#engine;
  }

  /** Aborted when what goes on with the present engine has to end. */
  get living(): AbortSignal {
    return this.#living.signal;
  }

  get surroundings(): Surroundings {
    return this.#options.surroundings;
  }

  /** The sandbox on screen stays when the last Slipway has ended. */
  keepSandbox(): void {
    this.#lease?.keep();
  }

  close(): void {
    this.#work.abort();
    this.#living.abort();
    this.#closeFound(null);
    this.#engine?.close();
    this.#lease?.release();
  }

  async #search(choose: boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      this.#store.dispatch({ type: 'engine-search-started' });
      const search = await findEngines(this.#options.surroundings, { connect, signal });
      this.#closeFound(null);
      this.#found = search.engines;
      const [only, ...others] = search.engines;
      if (only !== undefined && others.length === 0 && !choose) return this.#use(only.engine, null);
      const offering = await makeOffer();
      if (signal.aborted) return;
      if (only !== undefined) return this.#letChoose(search, offering);
      if (this.#options.yes && offering.offer?.kind === 'sandbox') return this.#startSandbox(signal);
      if (this.#options.yes && offering.offer?.kind === 'install') return this.#install(signal);
      await this.#tellNone(search, offering);
      await wait(SEARCH_AGAIN_AFTER, signal);
      if (signal.aborted) return;
    }
  }

  #letChoose(search: RouteSearch, { offer }: Offering): void {
    this.#store.dispatch({ type: 'engines-found', reports: search.reports.map(routeLine), offer });
  }

  async #tellNone(search: RouteSearch, { offer, ways }: Offering): Promise<void> {
    const advice = await adviceFor(search.reports, this.#options.surroundings);
    const retryAt = Date.now() + SEARCH_AGAIN_AFTER;
    this.#store.dispatch({
      type: 'no-engine-found',
      reports: search.reports.map(routeLine),
      offer,
      advice: [...advice, ...ways],
      retryAt,
    });
  }

  async #startSandbox(signal: AbortSignal): Promise<void> {
    this.#store.dispatch({ type: 'work-started', title: 'Starting a sandbox', at: Date.now() });
    const onStep = (line: string): void => this.#store.dispatch({ type: 'work-progressed', line });
    try {
      const lease = await openSandbox({
        onStep,
        signal,
        keep: this.#options.keep,
        kind: this.#options.sandboxKind ?? null,
      });
      const engine = await connect(lease.endpoint, { signal });
      this.#use(engine, lease);
    } catch (error) {
      this.#fail(error, signal, 'The sandbox did not start');
    }
  }

  async #install(signal: AbortSignal): Promise<void> {
    const { plan } = await makeOffer();
    if (plan === null) return this.#startSandbox(signal);
    this.#store.dispatch({ type: 'work-started', title: plan.text, at: Date.now() });
    try {
      await runInstall(plan, {
        onLine: (line) => this.#store.dispatch({ type: 'work-progressed', line }),
        signal,
      });
    } catch (error) {
      return this.#fail(error, signal, 'The installation failed');
    }
    await this.#startSandbox(signal);
  }

  /** An expected failure goes to the connect screen, which then looks for engines again; anything else is a bug. */
  #fail(error: unknown, signal: AbortSignal, what: string): void {
    if (signal.aborted) return;
    if (!(error instanceof EngineError || error instanceof SandboxError || error instanceof InstallError))
      throw error;
    const advice = 'advice' in error ? error.advice : '';
    this.#store.dispatch({ type: 'work-failed', problem: { text: `${what}: ${error.message}`, advice } });
    this.search({ choose: true });
  }

  #use(engine: Engine, lease: SandboxLease | null): void {
    this.#closeFound(engine);
    const [before, leaseBefore] = [this.#engine, this.#lease];
    this.#engine = engine;
    this.#options.onEngine?.(engine);
    this.#lease = lease;
    const { family, host, apiVersion } = engine;
    this.#store.dispatch({
      type: 'engine-connected',
      family,
      host,
      apiVersion,
      sandbox: this.#sandboxKind(lease),
      standing: lease?.standing ?? '',
    });
    if (lease !== null) tellWarnings(this.#store, lease);
    lease?.onLost((why) =>
      this.#store.dispatch({
        type: 'engine-lost',
        at: Date.now(),
        why,
        advice: 'Ctrl-O chooses an engine; it can start the sandbox anew.',
      }),
    );
    this.#live(engine);
    if (before !== engine) before?.close();
    leaseBefore?.release();
  }

  #sandboxKind(lease: SandboxLease | null): 'none' | 'passing' | 'kept' {
    if (lease === null) return 'none';
    return this.#options.keep ? 'kept' : 'passing';
  }

  #live(engine: Engine): void {
    this.#living.abort();
    this.#living = new AbortController();
    const { signal } = this.#living;
    const { onError } = this.#options;
    this.#guard(followEngine(engine, this.#store, signal));
    this.#guard(describe(engine, this.#store, signal));
    fillInObjects(engine, this.#store, signal, onError);
    followSelection(engine, this.#store, signal, onError);
    followRegistry(engine, this.#store, signal, onError);
    followData(engine, this.#store, signal, onError);
    followLayers({ engine, store: this.#store, surroundings: this.surroundings, signal }, onError);
  }

  #closeFound(except: Engine | null): void {
    for (const { engine } of this.#found) if (engine !== except && engine !== this.#engine) engine.close();
    this.#found = [];
  }

  #start(work: (signal: AbortSignal) => Promise<void>): void {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#guard(
      work(signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      }),
    );
  }

  #guard(promise: Promise<void>): void {
    promise.catch(this.#options.onError);
  }
}

async function describe(engine: Engine, store: ProgramStore, signal: AbortSignal): Promise<void> {
  try {
    const about = await engine.about();
    if (!signal.aborted) store.dispatch({ type: 'engine-described', about });
  } catch (error) {
    // The status line goes without it; whether the engine is there is told by those who follow it.
    if (!(error instanceof EngineError)) throw error;
  }
}

function routeLine(report: RouteReport): RouteLine {
  const { label, host, result } = report;
  if (result.ok)
    return { label, host, ok: true, family: result.family, text: `answers (API ${result.apiVersion})` };
  return { label, host, ok: false, family: null, text: result.why };
}
