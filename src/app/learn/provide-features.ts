import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from '../find-on-path.ts';
import type { Engine } from '../../engine/engine.ts';
import type { EngineNetwork } from './engine-network.ts';
import { provideLimits } from './provide-limits.ts';
import { provideSecondEngine } from './provide-second-engine.ts';
import { type Feature, type Lesson, type ProvidedName, UNPROVIDED } from '../../lesson/lesson.ts';
import { askedBy } from '../../lesson/facts/asked-by.ts';
import type { HeardRegistry, Provided } from '../../lesson/provided.ts';
import { provideRegistry } from './provide-registry.ts';

export type ProvideOptions = {
  engine: Engine;
  network: EngineNetwork;
  /** In which clients are looked for. */
  env: NodeJS.ProcessEnv;
  onTask?: (text: string) => void;
  signal: AbortSignal;
};

/** It is there until it is closed. */
export type HeldReady = Provided & { close(): Promise<void> };

/** One thing made ready; a text says why it cannot be had here. */
export type Ready = {
  values?: Partial<Record<ProvidedName, string>>;
  elsewhere?: Engine;
  registry?: HeardRegistry;
  clear?: () => Promise<void>;
  close?: () => Promise<void>;
};
export type Provider = (options: ProvideOptions) => Promise<Ready | string>;

/** How each is made ready that is not a matter of the engine alone. */
const PROVIDERS: Partial<Record<Feature, Provider>> = {
  buildx: ({ env }) => aClient(['docker', 'buildx', 'version'], env, {}),
  compose: aCompose,
  limits: provideLimits,
  'second-engine': provideSecondEngine,
  registry: provideRegistry,
};

/** Makes ready what a lesson asks for beside its engine; the rest is not looked for. */
export async function provideFeatures(lesson: Lesson, options: ProvideOptions): Promise<HeldReady> {
  const features = new Set<Feature>(options.engine.features);
  const lacking = new Map<Feature, string>();
  const values = { ...UNPROVIDED };
  let elsewhere: Engine | null = null;
  let registry: HeardRegistry | null = null;
  const undo = new AsyncDisposableStack();
  const clearers: (() => Promise<void>)[] = [];
  try {
    for (const feature of featuresIn(lesson)) {
      const ready = features.has(feature) ? undefined : await PROVIDERS[feature]?.(options);
      if (typeof ready === 'string') lacking.set(feature, ready);
      if (ready === undefined || typeof ready === 'string') continue;
      features.add(feature);
      Object.assign(values, ready.values);
      elsewhere = ready.elsewhere ?? elsewhere;
      registry = ready.registry ?? registry;
      if (ready.clear !== undefined) clearers.push(ready.clear);
      if (ready.close !== undefined) undo.defer(ready.close);
    }
  } catch (error) {
    await undo.disposeAsync();
    throw error;
  }
  const clear = async (): Promise<void> => {
    for (const one of clearers) await one();
  };
  return { features, lacking, values, elsewhere, registry, clear, close: () => undo.disposeAsync() };
}

function featuresIn({ needs, intro, steps }: Lesson): ReadonlySet<Feature> {
  const blocks = [...intro, ...steps.flatMap((step) => step.blocks)];
  const only = blocks.flatMap((block) =>
    block.kind === 'only' && 'feature' in block.where ? [block.where.feature] : [],
  );
  const bySteps = steps.flatMap((step) => step.needs ?? []);
  const { claims } = askedBy(steps.flatMap(({ checks }) => checks));
  const asked = claims.flatMap(({ subject, predicates }) =>
    subject === 'engine' ? predicates.flatMap((one) => ('feature' in one ? [one.feature] : [])) : [],
  );
  return new Set([...needs.features, ...only, ...bySteps, ...asked]);
}

/** A client that does not answer by then has not got the plugin. */
const ANSWERS_WITHIN = 5_000;

/** The plugin of today, or the program of its own that it was before; both work on Docker and on Podman. */
async function aCompose({ env }: ProvideOptions): Promise<Ready | string> {
  const plugin = { values: { compose: 'docker compose' } };
  if (typeof (await aClient(['docker', 'compose', 'version'], env, plugin)) !== 'string') return plugin;
  // Not asked: the old one is written in Python, and may take seconds to say its version.
  const program = await findOnPath('docker-compose', env['PATH'] ?? '');
  if (program !== null) return { values: { compose: 'docker-compose' } };
  return 'Compose is not installed: neither `docker compose` nor `docker-compose`. Debian has it in `docker-compose`, Docker’s own packages in `docker-compose-plugin`.';
}

/** Whether a client has a plugin; it speaks to no engine for that. */
async function aClient(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  ready: Ready,
): Promise<Ready | string> {
  const [file = '', ...args] = command;
  try {
    await promisify(execFile)(file, args, { env, timeout: ANSWERS_WITHIN });
    return ready;
  } catch {
    // No such client, or it knows no such command: either way the feature is not there.
    return `\`${command.slice(0, -1).join(' ')}\` is not installed.`;
  }
}
