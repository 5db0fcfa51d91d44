import type { Client } from './client.ts';
import { readable } from './container-details.ts';
import type { Service } from './engine.ts';
import { EngineError } from './errors.ts';
import * as field from './fields.ts';
import type { Manners } from './manners.ts';

/** Services of a swarm with the number of their tasks (`status`, API 1.41). */
export async function listServices(
  client: Client,
  { features }: Manners,
  signal?: AbortSignal,
): Promise<Service[]> {
  if (!features.includes('swarm')) {
    throw new EngineError('unsupported', 'this engine knows no services', {
      advice: 'Services need a swarm, which only Docker has.',
    });
  }
  const rows = await servicesOrNone(client, signal);
  if (!Array.isArray(rows)) throw new EngineError('protocol', 'the engine’s list of services is not a list');
  return readable(() => rows.map(readService));
}

/** An engine that is in no swarm says 503. */
async function servicesOrNone(client: Client, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return (await client.json({ path: '/services?status=true', signal })) ?? [];
  } catch (error) {
    if (error instanceof EngineError && /not a swarm manager/i.test(error.message)) return [];
    throw error;
  }
}

function readService(raw: unknown): Service {
  const row = field.row(raw, 'the service');
  const status = field.optionalRow(row['ServiceStatus']);
  return {
    id: field.name(row, 'ID'),
    name: field.name(field.optionalRow(row['Spec']), 'Name'),
    wanted: field.optionalNumber(status, 'DesiredTasks') ?? 0,
    running: field.optionalNumber(status, 'RunningTasks') ?? 0,
  };
}
