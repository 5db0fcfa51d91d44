/** `node use-sandbox.ts KIND STATE`: takes a lease, prints it and what the sandbox holds after a reset, and stays. */
import { connect } from '../../src/engine/connect.ts';
import { SANDBOX_KINDS } from '../../src/sandbox/kinds.ts';
import { sandboxPlaces } from '../../src/sandbox/places.ts';
import { openSandbox, resetSandbox, sandboxStatus } from '../../src/sandbox/sandbox.ts';
import { runSpec } from './run-spec.ts';

const kind = SANDBOX_KINDS.find((known) => known === process.argv[2]) ?? null;
const places = sandboxPlaces(process.argv[3] ?? '');
const lease = await openSandbox({ places, kind });
const engine = await connect(lease.endpoint);
await engine.carryOut({ do: 'run', spec: runSpec('sleep 1000', { name: 'lasting' }) });
const before = await engine.list('container');
const reset = await resetSandbox({ places });
const after = await engine.list('container');
await engine.carryOut({ do: 'run', spec: runSpec('sleep 1000', { name: 'again' }) });
const status = await sandboxStatus(places);
const states = (rows: typeof before) => rows.map((row) => (row.kind === 'container' ? row.state : row.kind));
const { family } = engine;
const said = { family, status, reset, before: states(before), after: states(after) };
process.stdout.write(`${JSON.stringify(said)}\n`);
setInterval(() => {}, 1000);
