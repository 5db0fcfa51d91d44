import type { RunSpec } from '../../src/engine/commands.ts';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EMPTY_RUN_SPEC } from '../../src/engine/run-line.ts';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import type { TestEngine } from '../support/engines.ts';

/** Ends at once when it is asked to, as process 1 of a container does only with a handler. */
export const OBEDIENT = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'];

/** Speaks to an engine from outside of the program under test. */
export async function withEngine<T>(engine: TestEngine, task: (api: Engine) => Promise<T>): Promise<T> {
  const api = await connect(engine.endpoint);
  try {
    return await task(api);
  } finally {
    api.close();
  }
}

/** Starts a container and gives its id. */
export async function runContainer(
  engine: TestEngine,
  name: string,
  spec: Partial<RunSpec> = {},
): Promise<string> {
  const full: RunSpec = { ...EMPTY_RUN_SPEC, image: BASE_IMAGE, name, command: OBEDIENT, ...spec };
  const { affected } = await withEngine(engine, (api) => api.carryOut({ do: 'run', spec: full }));
  return affected[0] ?? '';
}

export async function removeContainer(engine: TestEngine, id: string): Promise<void> {
  const container = { id, name: id };
  await withEngine(engine, (api) =>
    api.carryOut({ do: 'remove-container', container, force: true, volumes: true }),
  );
}

/** Takes away all that tests have made on an engine of their own. */
export async function wipe(engine: TestEngine): Promise<void> {
  await withEngine(engine, async (api) => {
    for (const item of await api.list('container'))
      await api.carryOut({ do: 'remove-container', container: item, force: true, volumes: true });
    for (const item of await api.list('volume'))
      await api.carryOut({ do: 'remove-volume', volume: item, force: true });
    for (const item of await api.list('network'))
      if (item.kind === 'network' && !item.builtIn)
        await api.carryOut({ do: 'remove-network', network: item });
    for (const item of await api.list('image'))
      for (const name of item.kind === 'image' ? item.tags.filter((tag) => !isBase(tag)) : [])
        await api.carryOut({ do: 'remove-image', image: { id: name, name }, force: false });
  });
}

function isBase(tag: string): boolean {
  return tag.replace(/^localhost\//, '') === BASE_IMAGE;
}
