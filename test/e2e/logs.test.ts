import { expect, it } from 'vitest';
import { type FakeEngine, startFakeEngine } from '../support/fake-engine.ts';
import { fakeId } from '../support/fake-state.ts';
import { openSlipway } from './open-slipway.ts';

const ID = fakeId('container container-0');

function say(engine: FakeEngine, from: number, to: number): void {
  for (let number = from; number <= to; number++) engine.log(ID, `line number ${number}.`);
}

it('a log is followed, held still while one reads up, and followed again', async () => {
  await using engine = await startFakeEngine({ containers: 1 });
  say(engine, 1, 200);
  await using slipway = await openSlipway(engine.host, { ready: 'line number 200.' });
  slipway.press('l', 'home');
  await slipway.until('container-0 says hello');
  say(engine, 201, 210);
  slipway.press('down');
  await slipway.untilGone('container-0 says hello');
  expect(slipway.screen()).not.toContain('line number 210.');
  slipway.press('end');
  await slipway.until('line number 210.');
  say(engine, 211, 212);
  await slipway.until('line number 212.');
});

it('a log is searched, and shows times and long lines when asked', async () => {
  await using engine = await startFakeEngine({ containers: 1 });
  say(engine, 1, 100);
  engine.log(ID, `a long line ${'of many words '.repeat(20)} to its end`);
  await using slipway = await openSlipway(engine.host, { ready: 'a long line' });
  slipway.press('l', '/');
  slipway.type('number 42.\n');
  await slipway.until(/line number 42\./);
  slipway.press('end');
  await slipway.until('a long line');
  expect(slipway.screen()).not.toContain('to its end');
  slipway.press('w');
  await slipway.until('to its end');
  const times = /\d\d:\d\d:\d\d[^\n]*line number 100\./;
  const hadTimes = times.test(slipway.screen());
  slipway.press('t');
  await slipway.until((screen) => times.test(screen) !== hadTimes);
});

it('a log of a thousand lines a second leaves the keys alive', async () => {
  await using engine = await startFakeEngine({ containers: 2 });
  await using slipway = await openSlipway(engine.host, { ready: 'container-0 says hello' });
  let count = 0;
  const flood = setInterval(() => {
    say(engine, count + 1, count + 50);
    count += 50;
  }, 50);
  try {
    await slipway.until(/line number [12]\d{3}\./);
    slipway.press('?');
    await slipway.until('━ Keys', { timeout: 1000 });
    slipway.press('esc');
    await slipway.untilGone('━ Keys', { timeout: 1000 });
    slipway.press('down');
    await slipway.until('container-1 says hello', { timeout: 1000 });
  } finally {
    clearInterval(flood);
  }
});
