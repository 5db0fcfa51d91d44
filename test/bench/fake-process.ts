/** The fake engine in a process of its own, so that its work is not the stopwatch's: `fake-process.ts CONTAINERS`. */
import { startFakeEngine } from '../support/fake-engine.ts';

const containers = Number(process.argv[2]);
const fake = await startFakeEngine({ containers, running: 1 });

process.on('message', () => process.send?.({ requests: fake.requests.splice(0) }));
process.on('disconnect', () => void fake[Symbol.asyncDispose]().then(() => process.exit()));
process.send?.({ host: fake.host });
