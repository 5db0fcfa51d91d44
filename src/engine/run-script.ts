import { apiPath, withQuery } from './api-path.ts';
import { cleanLines } from './clean-text.ts';
import type { Client } from './client.ts';
import { EngineError } from './errors.ts';
import type { ScriptEnd, ScriptSpec } from './engine.ts';
import { looseRow } from './fields.ts';
import { firstBytes } from './first-bytes.ts';
import type { Manners } from './manners.ts';
import { withHelper } from './own-helper.ts';
import { splitOutputs } from './split-outputs.ts';

const RUN_WITHIN = 10_000;
const MEMORY = 64 * 1024 * 1024;
const PIDS = 32;
const MAX_OUTPUT = 64 * 1024;
/** Linux takes up to 128 kB in one argument. */
const MAX_SCRIPT = 100 * 1024;

/**
 * The script and what it reads are arguments: nothing can be put into a root that is read-only, and attaching to a
 * container's input before it starts differs between the engines.
 */
const RUN = 'printf %s "$1" | sh -c "$2"';

/** Runs a script closed off from everything, and gives what it wrote. The container is removed whatever happens. */
export async function runScript(client: Client, manners: Manners, spec: ScriptSpec): Promise<ScriptEnd> {
  for (const text of [spec.script, spec.stdin]) {
    if (Buffer.byteLength(text) > MAX_SCRIPT)
      throw new EngineError('rejected', `a script and its input may have ${MAX_SCRIPT / 1024} kB each`);
  }
  const run = async (id: string): Promise<ScriptEnd> => {
    await client.send({ method: 'POST', path: apiPath`/containers/${id}/start`, signal: spec.signal });
    const exitCode = await waitFor(client, id, spec);
    return { exitCode, ...(await outputs(client, id, spec.signal)) };
  };
  return withHelper(client, manners, bodyOf(spec), run, spec);
}

function bodyOf({ image, script, stdin }: ScriptSpec): object {
  return {
    Image: image,
    Entrypoint: ['sh'],
    Cmd: ['-c', RUN, 'sh', stdin, script],
    WorkingDir: '/',
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      Memory: MEMORY,
      MemorySwap: MEMORY,
      PidsLimit: PIDS,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      // Whatever the engine's own log driver is, this one can be read; a flood does not fill the disk.
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
    },
  };
}

/** Null for a script that takes too long. */
async function waitFor(
  client: Client,
  id: string,
  { within = RUN_WITHIN, signal }: ScriptSpec,
): Promise<number | null> {
  const limit = AbortSignal.timeout(within);
  const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const path = apiPath`/containers/${id}/wait`;
  try {
    const reply = looseRow(await client.json({ method: 'POST', path, signal: both, answerWithin: null }));
    if (typeof reply['StatusCode'] === 'number') return reply['StatusCode'];
    throw new EngineError('protocol', 'the engine does not say how the script ended');
  } catch (error) {
    const isOver = limit.aborted && signal?.aborted !== true;
    if (!isOver || !(error instanceof EngineError) || error.kind !== 'cancelled') throw error;
    await client.send({ method: 'POST', path: apiPath`/containers/${id}/kill` });
    return null;
  }
}

async function outputs(
  client: Client,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Omit<ScriptEnd, 'exitCode'>> {
  const path = withQuery(apiPath`/containers/${id}/logs`, { stdout: true, stderr: true });
  const framed = await firstBytes(await client.stream({ path, signal }), 3 * MAX_OUTPUT);
  const { stdout, stderr } = splitOutputs(framed);
  return { stdout: cleanLines(stdout.slice(0, MAX_OUTPUT)), stderr: cleanLines(stderr.slice(0, MAX_OUTPUT)) };
}
