import { doctorReport } from './doctor-report.ts';
import type { DoctorOptions } from './doctor-report.ts';
import { doctorText } from './doctor-text.ts';

const ENGINE_ANSWERS = 0;
const NO_ENGINE = 1;
const BAD_USAGE = 2;

/**
 * `slipway doctor`: what there is to work with, as text or JSON. Gives the exit code: 0 when an engine answers, 1 when
 * none does, 2 when a flag or variable that names one cannot be used.
 */
export async function doctor(options: DoctorOptions): Promise<number> {
  const report = await doctorReport(options);
  options.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : doctorText(report)}\n`);
  if (report.usage !== null) return BAD_USAGE;
  return report.ok ? ENGINE_ANSWERS : NO_ENGINE;
}
