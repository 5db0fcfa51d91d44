import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Seen once: a worker that would not end kept Vitest, and with it CI, waiting after the last test. */
const LONGEST_FAREWELL_MS = 60_000;

/**
 * Leaves `passed failed skipped` in the file named by SLIPWAY_COUNTS, for the last line of `npm test`, and says
 * loudly what was skipped and why. A file that cannot even be loaded counts as one failure.
 */
export class CountTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    for (const [reason, skipped] of reasonsOfSkipping(tests))
      process.stdout.write(`\n!!! SKIPPED ${skipped} tests: ${reason}\n`);
    const failed = count('failed') + broken + unhandled.length;
    leaveCounts(count('passed'), failed, count('skipped'));
    const timer = setTimeout(() => {
      process.stderr.write(`\n!!! Vitest still runs ${LONGEST_FAREWELL_MS / 1000} s after the last test\n`);
      leaveCounts(count('passed'), failed + 1, count('skipped'));
      process.exit(1);
    }, LONGEST_FAREWELL_MS);
    timer.unref();
  }
}

function leaveCounts(...counts: readonly number[]): void {
  const file = process.env['SLIPWAY_COUNTS'];
  if (file) writeFileSync(file, `${counts.join(' ')}\n`);
}

function reasonsOfSkipping(tests: readonly TestCase[]): Map<string, number> {
  const reasons = new Map<string, number>();
  for (const test of tests) {
    const result = test.result();
    if (result.state !== 'skipped') continue;
    const reason = result.note ?? 'the test file says so';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}

// vitest loads a reporter by its default export.
export default CountTests;
