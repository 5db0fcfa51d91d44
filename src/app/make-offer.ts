import type { Offer } from '../model/connect-state.ts';
import type { InstallPlan } from '../sandbox/install.ts';
import { sandboxAbility } from '../sandbox/ability.ts';

export type Offering = {
  offer: Offer | null;
  plan: InstallPlan | null;
  /** Why there is no sandbox, where nothing can be installed against it; else empty. */
  why: string;
};

/** What Slipway itself can do for a person without an engine: start a private one, install one, or say how. */
export async function makeOffer(): Promise<Offering> {
  const ability = await sandboxAbility();
  if (ability.can) return { offer: { kind: 'sandbox' }, plan: null, why: '' };
  const plan = ability.install;
  if (!plan) return { offer: null, plan: null, why: `There can be no sandbox: ${ability.why}` };
  if (plan.steps.length === 0) return { offer: { kind: 'advice', text: plan.text }, plan: null, why: '' };
  return { offer: { kind: 'install', command: plan.text }, plan, why: '' };
}
