/** A Slipway reduced to its lease, to be killed: `node hold-lease.ts STATE`. Prints `ready` and stays. */
import { sandboxPlaces } from '../../src/sandbox/places.ts';
import { openSandbox } from '../../src/sandbox/sandbox.ts';

await openSandbox({ places: sandboxPlaces(process.argv[2]) });
process.stdout.write('ready\n');
setInterval(() => {}, 1000);
