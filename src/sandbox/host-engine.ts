import { connect } from '../engine/connect.ts';
import type { Engine } from '../engine/engine.ts';
import { findEngines } from '../engine/routes/find-engines.ts';
import { surroundings } from '../engine/routes/surroundings.ts';
import { UsageError } from '../engine/routes/usage-error.ts';

/** An engine of the person's own on this machine, and the image there that has dockerd in it; or why there is none. */
export type HostEngine = { engine: Engine; image: string } | { engine: null; why: string };

/** Says of an image, whatever its name, that `dockerd` with flags can be run in it. */
const ENGINE_LABEL = 'slipway.engine';
/** `docker:dind`, `docker:28-dind`, `docker.io/library/docker:dind`. */
const DIND = /^(?:docker\.io\/)?(?:library\/)?docker:(?:[\w.-]+-)?dind$/;

/** Whoever asks closes the engine. Pulls nothing: what is on the person's engine is theirs to choose. */
export async function findHostEngine(): Promise<HostEngine> {
  const engines = await localEngines();
  if (typeof engines === 'string') return { engine: null, why: engines };
  for (const [index, engine] of engines.entries()) {
    const image = await engineImage(engine);
    if (image === null) continue;
    for (const other of engines.toSpliced(index, 1)) other.close();
    return { engine, image };
  }
  for (const engine of engines) engine.close();
  const [first] = engines;
  const tool = first?.family ?? 'docker';
  if (first === undefined) return { engine: null, why: 'no engine of your own answers on this machine' };
  return {
    engine: null,
    why: `your engine has no image with dockerd in it: ${tool} pull docker.io/library/docker:dind`,
  };
}

/** For the table of ways: empty where there is one. */
export async function whyNoHostEngine(): Promise<string> {
  const found = await findHostEngine();
  found.engine?.close();
  return found.engine === null ? found.why : '';
}

/** A folder of ours is seen by a container, and its processes by us, only where the engine is on this machine itself. */
async function localEngines(): Promise<Engine[] | string> {
  try {
    const { engines } = await findEngines(surroundings(), { connect });
    const isHere = ({ endpoint }: Engine) => endpoint.via === 'unix' && !/desktop/.test(endpoint.path);
    for (const { engine } of engines) if (!isHere(engine)) engine.close();
    return engines.map(({ engine }) => engine).filter(isHere);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

async function engineImage(engine: Engine): Promise<string | null> {
  for (const image of await engine.list('image'))
    if (image.kind === 'image' && (image.tags.some((tag) => DIND.test(tag)) || ENGINE_LABEL in image.labels))
      return image.id;
  return null;
}
