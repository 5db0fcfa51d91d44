import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openExecChannel } from '../../src/app/exec-channel.ts';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { EMPTY_RUN_SPEC } from '../../src/engine/run-line.ts';
import type { ChannelExit } from '../../src/terminal/channel.ts';
import { testEngines } from '../support/engines.ts';
import { until } from '../support/until.ts';

const SIZE = { columns: 80, rows: 24 };

describe.each(await testEngines())('a shell inside a container on $name', ({ name, endpoint, image }) => {
  const container = { id: '', name: `channel-${name}-${process.pid}` };
  let engine: Engine;
  beforeAll(async () => {
    engine = await connect(endpoint);
    const spec = { ...EMPTY_RUN_SPEC, image, name: container.name, command: ['sleep', '600'] };
    const { affected } = await engine.carryOut({ do: 'run', spec });
    container.id = affected[0]!;
  });
  afterAll(async () => {
    await engine.carryOut({ do: 'remove-container', container, force: true, volumes: true });
    engine.close();
  });

  async function open() {
    const channel = await openExecChannel(engine, container, SIZE);
    let text = '';
    const exits: ChannelExit[] = [];
    channel.onData((bytes) => (text += Buffer.from(bytes).toString()));
    channel.onExit((exit) => exits.push(exit));
    return { channel, text: () => text, exits };
  }

  test('answers what is typed, and ends with its code', async () => {
    const { channel, text, exits } = await open();
    await until(() => text().includes('# '));
    channel.write('echo $((6*7))-$TERM; exit 3\r');
    await until(() => exits.length > 0);
    expect(text()).toContain('42-xterm-256color');
    expect(exits).toEqual([{ code: 3, signal: 0, why: '' }]);
  });
  test('ends in the container, too, when it is closed', async () => {
    const { channel, text, exits } = await open();
    await until(() => text().includes('# '));
    channel.close();
    await until(() => exits.length > 0);
    await until(async () => !(await processes()).includes('sh'));
  });
  test('in a container that is not there is an error', async () => {
    const gone = { id: 'no-such-container', name: 'gone' };
    await expect(openExecChannel(engine, gone, SIZE)).rejects.toThrow(EngineError);
  });

  /** Names of the programs that run in the container, the one that asks apart. */
  async function processes(): Promise<string[]> {
    const command = ['ps', '-o', 'COMM'];
    const session = await engine.exec(container.id, { command, tty: false, ...SIZE });
    let said = '';
    for await (const chunk of session.stream) said += String(chunk);
    return said.split(/\s+/);
  }
});
