import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const enginesSetup = fileURLToPath(new URL('test/support/engines-setup.ts', import.meta.url));
const closingLine = fileURLToPath(new URL('test/support/count-tests.ts', import.meta.url));

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/bench/**', 'test/engines/**'],
    globalSetup: existsSync(enginesSetup) ? [enginesSetup] : [],
    reporters: ['default', closingLine],
    pool: 'forks',
    // Terminal tests measure nothing, but a third process on two cores makes them wait for each other.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A second, as it is by itself, is nothing on a busy machine.
    expect: { poll: { timeout: 15_000 } },
  },
});
