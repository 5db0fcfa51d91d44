import type { BuildEffect } from '../../model/build/build-effect.ts';
import type { BuilderOptions } from './builder.ts';
import { contextLooker } from './look-at-context.ts';
import { rememberContexts } from './remember-contexts.ts';
import { runBuild } from './run-build.ts';

/** Does what is asked of builds, until the signal. */
export function carryOutBuilds(options: BuilderOptions, signal: AbortSignal): (effect: BuildEffect) => void {
  const { store, startIn, onError } = options;
  const look = contextLooker(store, signal);
  const memory = rememberContexts();
  return (effect) => {
    if (effect.do === 'look-at-context') return void look(effect, startIn()).catch(onError);
    const engine = options.engine();
    if (engine === null) return;
    runBuild({ store, engine, startIn: startIn(), memory, signal }, effect.spec).catch(onError);
  };
}
