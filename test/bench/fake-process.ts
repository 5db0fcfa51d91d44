/**
 * The fake engine in a process of its own, so that its work is not the stopwatch's: `fake-process.ts CONTAINERS SAVED`.
 * With SAVED other than 0, `docker save` gets so many bytes.
 */
import { startFakeEngine } from '../support/fake-engine.ts';
import { startSaveFront } from './save-front.ts';

const [containers, saved] = process.argv.slice(2).map(Number);
const fake = await startFakeEngine({ containers: containers ?? 0, running: 1 });
const front = saved ? await startSaveFront(fake.host.replace('unix://', ''), saved) : null;

async function end(): Promise<void> {
  await front?.close();
  await fake[Symbol.asyncDispose]();
  process.exit();
}

process.on('message', () => process.send?.({ requests: fake.requests.splice(0) }));
process.on('disconnect', () => void end());
process.send?.({ host: front?.host ?? fake.host });
