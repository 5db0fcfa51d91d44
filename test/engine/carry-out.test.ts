import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from '../../src/engine/connect.ts';
import { HELLO, listenAsEngine, temporaryFolder } from '../support/engine-server.ts';

const REFUSED = 'cannot remove container x as it could not be stopped: container state improper: stopped';

it.each([
  [true, REFUSED, 2, 'resolves'],
  [false, REFUSED, 1, 'rejects'],
  [true, 'the disk is full', 1, 'rejects'],
] as const)(
  'a removal (by force: %s) that fails with “%s” is asked for %i times',
  async (force, why, times, end) => {
    const path = join(await temporaryFolder(), 'engine.sock');
    let asked = 0;
    await listenAsEngine(path, (request, response) => {
      if (request.method !== 'DELETE') return HELLO(request, response);
      asked += 1;
      if (asked > 1) response.writeHead(204).end();
      else
        response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ message: why }));
    });
    const engine = await connect({ via: 'unix', path });
    const removed = engine.carryOut({
      do: 'remove-container',
      container: { id: 'x', name: 'x' },
      force,
      volumes: false,
    });
    await (end === 'resolves'
      ? expect(removed).resolves.toBeDefined()
      : expect(removed).rejects.toThrow(why));
    expect(asked).toBe(times);
    engine.close();
  },
);
