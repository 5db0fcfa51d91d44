import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { delimiter } from 'node:path';
import base from '../../vitest.config.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// Whoever looks for an engine finds that of the Debian root: the engine host, which starts them, has this from us.
process.env['PATH'] = [path('bin'), process.env['PATH']].join(delimiter);
// The one folder of the machine that the root shares; what is in it under this name is swept by the next run.
process.env['TMPDIR'] = '/tmp';
process.env['XDG_STATE_HOME'] = `/tmp/slipway-test-${process.pid}-state`;
mkdirSync(process.env['XDG_STATE_HOME'], { recursive: true });

export default {
  ...base,
  root: path('../..'),
  test: {
    ...base.test,
    include: [
      'test/engines/**/*.test.ts',
      'test/engine/contract.test.ts',
      'test/engine/layers/read-layers.test.ts',
      'test/engine/build/**/*.test.ts',
      'test/engine/files/**/*.test.ts',
      'test/engine/data/**/*.test.ts',
      'test/wire/pass-through.test.ts',
      'test/wire/other-clients.test.ts',
      'test/wire/swarm.test.ts',
      'test/e2e/main-path.test.ts',
      'test/e2e/terminal-typed.test.ts',
      'test/e2e/shell.test.ts',
    ],
    exclude: [],
    globalSetup: [path('newer-root.ts'), path('../support/engines-setup.ts')],
  },
};
