import type { Offer } from '../model/connect-state.ts';
import type { InstallPlan } from '../sandbox/install.ts';
import { sandboxAbility } from '../sandbox/ability.ts';

export type Offering = { offer: Offer | null; plan: InstallPlan | null };

/** What Slipway itself can do for a person without an engine: start a private one, install one, or say how. */
export async function makeOffer(): Promise<Offering> {
  const ability = await sandboxAbility();
  if (ability.can) return { offer: { kind: 'sandbox' }, plan: null };
  const plan = ability.install;
  if (!plan) return { offer: { kind: 'advice', text: ability.why }, plan: null };
  if (plan.steps.length === 0) return { offer: { kind: 'advice', text: plan.text }, plan: null };
  return { offer: { kind: 'install', command: plan.text }, plan };
}
