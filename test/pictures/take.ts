/**
 * Takes the README's pictures: starts a sandbox of its own, fills it, drives the built program in a terminal, and saves
 * what is on it. `node test/pictures/take.ts [NAME…]`; needs what a sandbox needs.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sandboxAbility } from '../../src/sandbox/ability.ts';
import { sandboxPlaces } from '../../src/sandbox/places.ts';
import { openSandbox, stopSandbox } from '../../src/sandbox/sandbox.ts';
import { launch } from '../support/terminal.ts';
import { DEMO, setScene } from './scene.ts';
import { writeNextShop } from './shop.ts';
import type { Shot } from './shot.ts';
import { SHOTS } from './shots.ts';

const HERE = import.meta.dirname;

async function take(shot: Shot): Promise<void> {
  // Each lesson is begun, and none gone on with.
  await rm(join(DEMO, 'slipway', 'learn'), { recursive: true, force: true });
  await using terminal = await launch({
    args: [...(shot.args ?? []), ...(shot.engine ? ['--sandbox'] : [])],
    env: { ...shot.env, ...(shot.engine && { XDG_STATE_HOME: DEMO }) },
    columns: shot.columns,
    rows: shot.rows,
  });
  await shot.play(terminal);
  await writeFile(join(HERE, `${shot.name}.svg`), terminal.svg());
  process.stdout.write(`test/pictures/${shot.name}.svg\n`);
  await shot.tidy?.(terminal);
}

async function takeAll(wanted: readonly Shot[]): Promise<void> {
  const places = sandboxPlaces(join(DEMO, 'slipway', 'sandbox'));
  // Left by one that was killed.
  await stopSandbox(places);
  await rm(DEMO, { recursive: true, force: true });
  await mkdir(DEMO, { mode: 0o700 });
  await writeFile(join(DEMO, '.bashrc'), "PS1='$ '\n");
  await writeNextShop(join(DEMO, 'shop'));
  try {
    const lease = await openSandbox({ places });
    await setScene(lease.endpoint);
    // oxlint-disable-next-line no-await-in-loop -- one terminal at a time, so that each is quick
    for (const shot of wanted) await take(shot);
  } finally {
    await stopSandbox(places);
    // The sandbox leaves the deleting of its data to a process of its own, which may still be at it.
    await rm(DEMO, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function refuse(why: string, code: number): never {
  process.stderr.write(`${why}\n`);
  process.exit(code);
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !SHOTS.some((shot) => shot.name === name));
if (unknown.length > 0)
  refuse(`No such picture: ${unknown.join(', ')}. There are: ${SHOTS.map(({ name }) => name).join(', ')}`, 2);
const ability = await sandboxAbility();
if (!ability.can) refuse(`No pictures can be taken here: ${ability.why}`, 1);
await takeAll(SHOTS.filter(({ name }) => names.length === 0 || names.includes(name)));
