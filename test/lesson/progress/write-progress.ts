/** Writes progress of lessons of its own, one write after another, until it is killed or has written enough. */
import { writeProgress } from '../../../src/lesson/progress/progress-file.ts';

const [file = '', prefix = '', count = '0'] = process.argv.slice(2);
process.stdout.write('begun\n');
for (let i = 0; i < Number(count); i += 1) {
  const values = { padding: 'x'.repeat(2000) };
  const entry = { version: 1, begunAt: i, doneAt: null, steps: {}, passed: {}, answers: {}, hints: {} };
  const rest = { seed: '', runs: [], made: [], baseline: null, place: null, workFolder: '', practised: [] };
  await writeProgress(file, { lessons: { [`${prefix}-${i}`]: { ...entry, ...rest, values } } });
  process.stdout.write(`${i}\n`);
}
