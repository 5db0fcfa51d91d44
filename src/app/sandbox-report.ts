import { wayReports } from '../sandbox/ability.ts';
import { runningSandboxes } from '../sandbox/sandbox.ts';

/** What `slipway doctor` says of the sandbox: which run, and each way to one in order, with why it does not serve. */
export async function sandboxReport(): Promise<string[]> {
  const [running, reports] = await Promise.all([runningSandboxes(), wayReports()]);
  const first = reports.find(({ way, why }) => why === '' && !way.isOnlyChosen);
  const install = reports.find((report) => report.install)?.install;
  return [
    ...running.map((kind) => `running: ${kind}; slipway sandbox status says more`),
    ...reports.map(
      ({ way, why }) => `${way.name}: ${why === '' ? `can be started${choice(way.kind)}` : why}`,
    ),
    'your own engine behind a fence: for lessons always; they touch nothing that is not theirs',
    ...(first === undefined && install ? [`to install what is missing: ${install.text}`] : []),
  ];
}

const choice = (kind: string): string => ` (slipway --sandbox=${kind})`;
