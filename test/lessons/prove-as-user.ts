/** `node prove-as-user.ts LESSON`: proves one of our lessons in the user's sandbox of podman, and prints the proof. */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { proveOn } from '../../src/app/learn/prove-on.ts';
import { connect } from '../../src/engine/connect.ts';
import { builtInLessons, findLessons } from '../../src/lesson/read/find-lessons.ts';
import { openSandbox } from '../../src/sandbox/sandbox.ts';

const id = process.argv[2];
const found = (await findLessons(builtInLessons())).find(({ lesson }) => lesson?.id === id);
if (found?.lesson === null || found?.lesson === undefined) throw new Error(`there is no lesson ${id}`);
const workFolders = join(homedir(), 'work');
await mkdir(workFolders, { recursive: true });
const lease = await openSandbox({ kind: 'podman' });
const engine = await connect(lease.endpoint);
const proof = await proveOn(engine, {
  lesson: found.lesson,
  tests: found.tests,
  network: { in: 'sandbox' },
  workFolders,
  env: process.env,
  signal: new AbortController().signal,
  onProgress: (text) => process.stderr.write(`${text}\n`),
});
process.stdout.write(`${JSON.stringify(proof)}\n`);
engine.close();
lease.release();
