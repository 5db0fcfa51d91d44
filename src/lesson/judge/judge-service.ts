import type { ExistencePredicate, ServicePredicate, Which } from '../check.ts';
import type { ServiceFacts, World } from '../world.ts';
import { amountText, isAmount } from './amount.ts';
import { NO_FAULT_OF_YOURS, allOf, found, unknown, type Finding } from './finding.ts';
import { named } from './plain-text.ts';
import { withFact } from './read-fact.ts';

/** Services are looked at by their names only. */
export function judgeService(world: World, of: Which, predicates: readonly ServicePredicate[]): Finding {
  const name = 'name' in of ? of.name : (of.filter.name ?? '');
  if (name === '' || name.includes('*'))
    return unknown('A service can only be looked at by its name.', NO_FAULT_OF_YOURS);
  const claims = predicates.length === 0 ? [{ exists: true }] : predicates;
  return withFact(world, [{ ask: 'service', service: name }], 'service', (service) =>
    allOf(claims.map((claim) => judgeOne(claim, service, name))),
  );
}

function judgeOne(claim: ServicePredicate, service: ServiceFacts | null, name: string): Finding {
  if ('exists' in claim || 'count' in claim) return judgePresence(claim, service, name);
  if (service === null) return found(false, expectedText(claim), `there is no service ${named(name)}`);
  return found(holds(claim, service), expectedText(claim), actualText(claim, service));
}

type Claim = Exclude<ServicePredicate, ExistencePredicate>;

function holds(claim: Claim, service: ServiceFacts): boolean {
  if ('replicas' in claim) {
    const { wanted = service.wanted, running = service.running } = claim.replicas;
    return wanted === service.wanted && running === service.running;
  }
  if ('command' in claim) return claim.command.join('\0') === service.command.join('\0');
  if ('failed' in claim) return isAmount(claim.failed, service.failed);
  return claim.update === service.update;
}

function expectedText(claim: Claim): string {
  if ('replicas' in claim) return replicasText(claim.replicas, claim.replicas);
  if ('command' in claim) return `the command ${claim.command.join(' ')}`;
  if ('failed' in claim) return `${amountText(claim.failed)} failed`;
  return `the last change is ${plain(claim.update)}`;
}

function actualText(claim: Claim, service: ServiceFacts): string {
  if ('replicas' in claim) return replicasText(claim.replicas, service);
  if ('command' in claim) return `the command is ${service.command.join(' ') || 'the image’s own'}`;
  if ('failed' in claim) return `${service.failed} failed`;
  return service.update === '' ? 'nothing was changed yet' : `it is ${plain(service.update)}`;
}

type Replicas = { wanted?: number; running?: number };

/** Only what is asked. */
function replicasText(asked: Replicas, { running = 0, wanted = 0 }: Replicas): string {
  return [
    ...(asked.running === undefined ? [] : [`${running} running`]),
    ...(asked.wanted === undefined ? [] : [`${wanted} wanted`]),
  ].join(', ');
}

/** `rollback_completed` as words. */
function plain(state: string): string {
  return state.replaceAll('_', ' ');
}

function judgePresence(claim: ExistencePredicate, service: ServiceFacts | null, name: string): Finding {
  const count = service === null ? 0 : 1;
  const actual = count === 0 ? `there is no service ${named(name)}` : 'it is there';
  const [some, none] = [`a service ${named(name)}`, `no service ${named(name)}`];
  if ('count' in claim)
    return found(isAmount(claim.count, count), `${amountText(claim.count)} service ${named(name)}`, actual);
  const isWanted = claim.exists;
  return found((count === 1) === isWanted, isWanted ? some : none, actual, isWanted ? none : some);
}
