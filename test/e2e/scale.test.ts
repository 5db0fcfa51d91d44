import { expect, it } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import { addContainer, setContainerState } from '../support/fake-state.ts';
import { until } from '../support/until.ts';
import { openSlipway } from './open-slipway.ts';

const LISTS = /GET \/containers\/json/;
const WHOLE_LISTS = /GET \/containers\/json(?!.*"id")/;

it('with 1,000 containers keys are answered, and an event reads one container and not the list', async () => {
  await using engine = await startFakeEngine({ containers: 1000, running: 500 });
  await using slipway = await openSlipway(engine.host, { ready: /500 running/ });
  slipway.press('end');
  await slipway.until(/▸.*container-999 /);
  slipway.press('home', 'down');
  await slipway.until(/▸.*container-1 /);
  slipway.press('/');
  slipway.type('container-77');
  await slipway.until('container-779');
  slipway.press('esc');
  await slipway.untilGone('filter:');
  const [lists, whole] = [engine.count(LISTS), engine.count(WHOLE_LISTS)];
  expect(whole).toBeGreaterThan(0);
  const id = addContainer(engine.state, 'aaa-newcomer', 'image-0:1');
  setContainerState(engine.state, id, 'running');
  engine.emit({
    Type: 'container',
    Action: 'start',
    Actor: { ID: id, Attributes: { name: 'aaa-newcomer' } },
  });
  await slipway.until('501 running');
  expect(engine.count(WHOLE_LISTS)).toBe(whole);
  // Once at the event, and once a moment later, when the engine has settled.
  expect(engine.count(LISTS) - lists).toBeLessThanOrEqual(2);
});

it('a burst of events is read in a few requests', async () => {
  await using engine = await startFakeEngine({ containers: 200, running: 200 });
  await using slipway = await openSlipway(engine.host, { ready: /200 running/ });
  const lists = engine.count(LISTS);
  for (const id of engine.state.containers.keys()) {
    setContainerState(engine.state, id, 'exited');
    engine.emit({ Type: 'container', Action: 'die', Actor: { ID: id, Attributes: {} } });
  }
  await slipway.until('0 running');
  expect(engine.count(LISTS) - lists).toBeLessThan(40);
});

it('at rest nothing is written and nothing is asked but a heartbeat', async () => {
  await using engine = await startFakeEngine({ containers: 3, running: 0 });
  await using slipway = await openSlipway(engine.host, { ready: 'container-0 says hello' });
  // The first heartbeat is after all that the start brings.
  const pings = engine.count(/_ping/);
  await until(() => engine.count(/_ping/) > pings);
  const [requests, written] = [engine.requests.length, slipway.raw().length];
  const later = engine.count(/_ping/);
  await until(() => engine.count(/_ping/) >= later + 2);
  expect(engine.requests.slice(requests).filter((said) => !said.includes('_ping'))).toEqual([]);
  expect(slipway.raw().length).toBe(written);
});
