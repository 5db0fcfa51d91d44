import type { RegistryPredicate } from '../check.ts';
import type { World } from '../world.ts';
import { found, type Finding, unknown } from './finding.ts';
import { listed, named } from './plain-text.ts';

type Wanted = Extract<RegistryPredicate, { event: unknown }>['event'];

/** Whether something was done in a registry. Only the lesson's own one tells. */
export function judgeRegistryEvent(
  { registry, began }: World,
  at: string,
  { action, repository, since }: Wanted,
): Finding {
  if (registry?.address !== at)
    return unknown(
      `What happens in the registry at ${at} is not told.`,
      'Leave the lesson and open it again: its own registry is started then.',
    );
  const own = registry.events.filter((event) => event.repository === repository && event.at >= began[since]);
  const seen = [...new Set(own.map((event) => event.action))];
  const what = `"${action}" of ${named(repository)} in this ${since}`;
  return found(
    seen.includes(action),
    `a ${what}`,
    seen.length === 0 ? 'nothing has happened to it' : `what happened: ${listed(seen)}`,
    `no ${what}`,
  );
}
