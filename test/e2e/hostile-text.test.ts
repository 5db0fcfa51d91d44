import { expect, it } from 'vitest';
import { startFakeEngine } from '../support/fake-engine.ts';
import { addContainer, addNetwork, addVolume, setContainerState } from '../support/fake-state.ts';
import { openSlipway } from './open-slipway.ts';

/** What would take the terminal over: title, clipboard, cursor, C1 controls, a bell, a direction override, newlines. */
const EVIL = '\x1b]0;OWNED\x07\x1b]52;c;T1dORUQ=\x07\x1b[2J\x1b[31mred\x9b31m\r\n\b\x7f\u202eevil\x1bcOWNED';

it('control characters in what the engine says never reach the terminal', async () => {
  await using engine = await startFakeEngine({ containers: 0 });
  const id = addContainer(engine.state, `name${EVIL}`, `image${EVIL}:1`);
  setContainerState(engine.state, id, 'running');
  Object.assign(engine.state.containers.get(id) ?? {}, {
    Labels: { [`key${EVIL}`]: `value${EVIL}` },
    Status: `Up ${EVIL}`,
    Command: EVIL,
  });
  addNetwork(engine.state, `../net${EVIL}`);
  addVolume(engine.state, `vol${EVIL}`);
  engine.log(id, `log ${EVIL} line`);
  await using slipway = await openSlipway(engine.host, { ready: /1 running/ });
  await slipway.until(/OWNED line/);
  for (const pane of ['1', '3', '4']) {
    slipway.press(pane, 'i');
    await slipway.until('[Inspect]');
    slipway.press(pane, 'x');
    await slipway.until('Remove ');
    slipway.press('esc');
    await slipway.untilGone('Remove ');
  }
  slipway.press('1', 's');
  await slipway.until('0 running');
  slipway.press('@');
  await slipway.until('docker stop');
  const raw = slipway.raw();
  expect(raw).not.toMatch(/\x1b\]|\x07|\x9b|\x1bc|\x1b\[2J|\x1b\[31m|\u202e|[\b\x7f]/);
  expect(raw).toContain('OWNED');
});
