import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShell } from '../../src/app/open-shell.ts';
import { connect } from '../../src/engine/connect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { EMPTY_RUN_SPEC } from '../../src/engine/run-line.ts';
import { testEngines } from '../support/engines.ts';
import { until } from '../support/until.ts';
import { fakeTerminal } from './program-parts.ts';

describe.each(await testEngines())('a shell on $name', ({ name, endpoint, image }) => {
  const container = { id: '', name: `shell-${name}-${process.pid}` };
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

  test('has the whole terminal, answers what is typed, and gives the terminal back with its end', async () => {
    const terminal = fakeTerminal();
    const shell = openShell(engine, container, terminal);
    await until(() => terminal.did.includes('raw') && terminal.written().includes('# '));
    terminal.type('echo $((6*7))-$TERM; exit 3\r');
    expect(await shell).toEqual({ code: 3, opened: true });
    expect(terminal.written()).toContain(`42-${process.env['TERM'] ?? 'xterm'}`);
    expect(terminal.did).toEqual(['lend', 'raw', 'cooked', 'take back']);
    expect(terminal.stdin.listenerCount('data')).toBe(0);
    expect(terminal.stdout.listenerCount('resize')).toBe(0);
  });
  test('knows the size of the terminal, and hears when it changes', async () => {
    const terminal = fakeTerminal();
    const shell = openShell(engine, container, terminal);
    await until(() => terminal.written().includes('# '));
    // The base image has no stty; its ls makes columns for the width of the terminal.
    const widest = async (): Promise<number> => {
      const from = terminal.written().length;
      terminal.type("ls /bin; echo do''ne\r");
      await until(() => terminal.written().slice(from).includes('done\r\n'));
      const lines = terminal.written().slice(from).split('\r\n').slice(1, -2);
      return Math.max(...lines.map((line) => line.length));
    };
    await until(async () => (await widest()) > 80);
    terminal.resize(50, 33);
    await until(async () => (await widest()) <= 50);
    terminal.type('exit\r');
    expect((await shell).code).toBe(0);
  });
  test('in a container that is not there never takes the terminal', async () => {
    const terminal = fakeTerminal();
    const failed = openShell(engine, { id: 'no-such-container', name: 'x' }, terminal);
    await expect(failed).rejects.toThrow(EngineError);
    expect(terminal.did).toEqual([]);
  });
  test('ends when its container is killed under it', async () => {
    const terminal = fakeTerminal();
    const spec = { ...EMPTY_RUN_SPEC, image, name: `${container.name}-2`, command: ['sleep', '600'] };
    const [id = ''] = (await engine.carryOut({ do: 'run', spec })).affected;
    const other = { id, name: spec.name };
    try {
      const shell = openShell(engine, other, terminal);
      await until(() => terminal.written().includes('# '));
      await engine.carryOut({ do: 'kill', container: other, signal: 'SIGKILL' });
      await shell.catch((error: unknown) => expect(error).toBeInstanceOf(EngineError));
      expect(terminal.did.at(-1)).toBe('take back');
    } finally {
      await engine.carryOut({ do: 'remove-container', container: other, force: true, volumes: true });
    }
  });
});
