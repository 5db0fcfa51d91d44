import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Proof, proofText } from '../../src/lesson/prove/prove-text.ts';
import { builtInLessons, findLessons } from '../../src/lesson/read/find-lessons.ts';
import { type PlainUser, plainUser } from '../support/as-user.ts';
import { hasEngine } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { noteResult } from './lesson-results.ts';
import { CANNOT } from './prove-lessons.ts';

const PROGRAM = fileURLToPath(new URL('prove-as-user.ts', import.meta.url));
const ids = (await findLessons(builtInLessons())).map(({ lesson, folder }) => lesson?.id ?? folder);

describe.skipIf(!hasEngine('podman'))('in the sandbox of a plain user, on podman,', () => {
  let user: PlainUser;
  beforeEach(async () => {
    user = await plainUser();
  });
  afterEach(async () => {
    await until(async () => (await user.processes()).length === 0);
    await user.discard();
  });

  it.each(ids)('%s is what it says', { timeout: 600_000 }, async (id) => {
    const said = await user.run([process.execPath, PROGRAM, id]);
    expect(said.code, said.text).toBe(0);
    const proof = JSON.parse(said.text.trim().split('\n').at(-1) ?? '') as Proof;
    // It is root of its own user namespace, and so does not call itself rootless.
    await noteResult(proof, true);
    expect(proof.ok, proofText(proof)).toBe(true);
    if (!(CANNOT.podman ?? []).includes(id)) expect(proof.notHere).toBe('');
  });
});
