import type { Offer } from '../model/connect-state.ts';
import type { InstallPlan } from '../sandbox/install.ts';
import { sandboxAbility, wayReports, type WayReport } from '../sandbox/ability.ts';

export type Offering = {
  offer: Offer | null;
  plan: InstallPlan | null;
  /** Where there can be no sandbox: each way to one that is this person's to go, and why it does not serve. */
  ways: readonly string[];
};

/** What Slipway itself can do for a person without an engine: start a private one, install one, or say how. */
export async function makeOffer(): Promise<Offering> {
  const ability = await sandboxAbility();
  if (ability.can) return { offer: { kind: 'sandbox', way: ability.way.name }, plan: null, ways: [] };
  const ways = (await wayReports()).filter(({ isOthers }) => !isOthers).map(wayLine);
  const plan = ability.install;
  if (!plan) return { offer: null, plan: null, ways };
  if (plan.steps.length === 0) return { offer: { kind: 'advice', text: plan.text }, plan: null, ways };
  return { offer: { kind: 'install', command: plan.text }, plan, ways };
}

function wayLine({ way, why }: WayReport): string {
  return `No sandbox by ${way.name}: ${why || `it has to be named, with --sandbox=${way.kind}`}`;
}
