import { filters, withQuery } from './api-path.ts';
import type { Client } from './client.ts';
import { readable } from './container-details.ts';
import type { Service, Swarm } from './engine.ts';
import { EngineError } from './errors.ts';
import * as field from './fields.ts';
import type { Manners } from './manners.ts';

/** Services of a swarm with the number of their tasks (`status`, API 1.41). */
export async function listServices(
  client: Client,
  { features }: Manners,
  signal?: AbortSignal,
): Promise<readonly Service[]> {
  if (!features.includes('swarm')) {
    throw new EngineError('unsupported', 'this engine knows no services', {
      advice: 'Services need a swarm, which only Docker has.',
    });
  }
  return (await servicesOrNull(client, signal)) ?? [];
}

const NO_SWARM: Swarm = { node: '', services: [] };

/** The swarm that the engine manages; its id there is in `GET /info` only. */
export async function readSwarm(client: Client, { features }: Manners, signal?: AbortSignal): Promise<Swarm> {
  if (!features.includes('swarm')) return NO_SWARM;
  const services = await servicesOrNull(client, signal);
  if (services === null) return NO_SWARM;
  const info = await client.json({ path: '/info', signal });
  return readable(() => ({ node: field.name(swarmIn(info), 'NodeID'), services }));
}

function swarmIn(info: unknown): field.Row {
  return field.optionalRow(field.row(info, 'the description')['Swarm']);
}

/** States of a task that has ended by itself; one that was told to ends as `shutdown`, or `complete`. */
const FAILED: ReadonlySet<string> = new Set(['failed', 'rejected']);

/** The engine remembers five tasks for each place, unless told otherwise. */
export async function countFailedTasks(
  client: Client,
  serviceId: string,
  signal?: AbortSignal,
): Promise<number> {
  const path = withQuery('/tasks', { filters: filters({ service: [serviceId] }) });
  const rows = await client.json({ path, signal });
  if (!Array.isArray(rows)) throw new EngineError('protocol', 'the engine’s list of tasks is not a list');
  const states = rows.map((row) => field.optionalRow(field.looseRow(row)['Status'])['State']);
  return states.filter((state) => typeof state === 'string' && FAILED.has(state)).length;
}

/** Null where the engine manages no swarm, to which it says 503. */
async function servicesOrNull(
  client: Client,
  signal: AbortSignal | undefined,
): Promise<readonly Service[] | null> {
  let rows: unknown;
  try {
    rows = (await client.json({ path: '/services?status=true', signal })) ?? [];
  } catch (error) {
    if (error instanceof EngineError && /not a swarm manager/i.test(error.message)) return null;
    throw error;
  }
  if (!Array.isArray(rows)) throw new EngineError('protocol', 'the engine’s list of services is not a list');
  return readable(() => rows.map(readService));
}

function readService(raw: unknown): Service {
  const row = field.row(raw, 'the service');
  const status = field.optionalRow(row['ServiceStatus']);
  const spec = field.optionalRow(row['Spec']);
  const box = field.optionalRow(field.optionalRow(spec['TaskTemplate'])['ContainerSpec']);
  return {
    id: field.name(row, 'ID'),
    name: field.name(spec, 'Name'),
    labels: field.labels(spec, 'Labels'),
    wanted: field.optionalNumber(status, 'DesiredTasks') ?? 0,
    running: field.optionalNumber(status, 'RunningTasks') ?? 0,
    command: [...field.texts(box, 'Command'), ...field.texts(box, 'Args')],
    update: field.optionalText(field.optionalRow(row['UpdateStatus']), 'State'),
  };
}
