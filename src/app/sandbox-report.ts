import { sandboxAbility } from '../sandbox/ability.ts';
import { sandboxStatus } from '../sandbox/sandbox.ts';

/** What `slipway doctor` says of the sandbox: whether one runs, whether one can be started, and what is missing. */
export async function sandboxReport(): Promise<string[]> {
  const [status, ability] = await Promise.all([sandboxStatus(), sandboxAbility()]);
  if (status !== null) return ['running: slipway sandbox status says more'];
  if (ability.can) return ['can be started: slipway --sandbox'];
  const how = ability.install === undefined ? [] : [`to install what is missing: ${ability.install.text}`];
  return [`cannot be started: ${ability.why}`, ...how];
}
