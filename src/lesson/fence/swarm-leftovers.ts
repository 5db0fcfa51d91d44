import { commandLine } from '../../engine/command-line.ts';
import type { Command } from '../../engine/commands.ts';
import type { Service } from '../../engine/engine.ts';
import type { Everything } from './baseline.ts';
import type { LeftAlone, Leftover } from './leftovers.ts';
import { madeService, madeSwarm } from './made.ts';
import { SWARM_BRIDGE, type Fence } from './ownership.ts';

/**
 * What a lesson has left in a swarm: its services, or the swarm as a whole where the lesson began it and nobody else has
 * come to use it. A swarm that was there before is never left, and services of others go on.
 */
export function swarmLeftovers(found: Everything, fence: Fence): (Leftover | LeftAlone)[] {
  const own = found.service.filter((service) => isOurs(service, fence));
  const strange = found.service.filter((service) => !own.includes(service));
  const services = own.map((service): Leftover =>
    removal('service', service, 'made in this lesson', {
      command: { do: 'remove-service', service: { id: service.id, name: service.name } },
      labels: service.labels,
    }),
  );
  const [node] = found.swarm;
  if (node === undefined || !isBegunHere(node.id, fence)) return services;
  const name = 'the swarm';
  if (strange.length > 0) {
    const why = `also runs ${strange.map((service) => service.name).join(', ')}, which this lesson did not make`;
    return [...services, { kind: 'swarm', id: node.id, name, why }];
  }
  return [
    removal('swarm', { id: node.id, name }, 'begun in this lesson; its services go with it', {
      command: { do: 'leave-swarm', node: { id: node.id, name } },
      labels: {},
      holds: own.map(({ id }) => id),
      ...(hadBridge(found, fence) ? {} : { brought: SWARM_BRIDGE }),
    }),
  ];
}

function isOurs({ id, labels }: Service, { label, runs, made, baseline }: Fence): boolean {
  if (baseline.services?.includes(id) === true) return false;
  return made.has(madeService(id)) || runs.has(labels[label] ?? '');
}

function hadBridge({ network }: Everything, { baseline }: Fence): boolean {
  return network.some(({ id, name }) => name === SWARM_BRIDGE && baseline.networks.includes(id));
}

function isBegunHere(node: string, { made, baseline }: Fence): boolean {
  return made.has(madeSwarm(node)) && baseline.swarm?.includes(node) !== true;
}

function removal(
  kind: 'service' | 'swarm',
  { id, name }: { id: string; name: string },
  why: string,
  rest: { command: Command } & Pick<Leftover, 'labels' | 'holds' | 'brought'>,
): Leftover {
  return { kind, id, name, why, line: commandLine(rest.command, 'docker'), ...rest };
}
