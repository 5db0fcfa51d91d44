import { apiPath, withQuery } from '../api-path.ts';
import type { Client } from '../client.ts';
import { readable, readMounts } from '../container-details.ts';
import * as field from '../fields.ts';
import type { Row } from '../fields.ts';
import type { Mount } from '../objects.ts';

/** Measuring walks the files of the container's layer. */
const MEASURED_WITHIN = 5 * 60_000;

/** Where a container has its data. */
export type ContainerData = {
  id: string;
  name: string;
  /** `--rm`: it is removed as soon as it ends. */
  autoRemove: boolean;
  /** Those of `Mounts` and those of `HostConfig.Tmpfs`. */
  mounts: readonly Mount[];
  /** Bytes in its own layer; null where they were not asked for. */
  writable: number | null;
  createdAt: number | null;
  /** Of its latest run; null for one that never ran, and `finishedAt` for one that has not ended yet. */
  startedAt: number | null;
  finishedAt: number | null;
};

/** @param options.measure also the size of its own layer: milliseconds for a small one, seconds for a large one */
export async function containerData(
  client: Client,
  id: string,
  { measure = false, signal }: { measure?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<ContainerData> {
  const path = withQuery(apiPath`/containers/${id}/json`, measure ? { size: 1 } : {});
  const limits = measure ? { answerWithin: MEASURED_WITHIN } : {};
  const raw = await client.json({ path, signal, ...limits });
  return readable(() => readData(field.row(raw, 'the container'), measure));
}

function readData(raw: Row, measure: boolean): ContainerData {
  const state = field.optionalRow(raw['State']);
  const host = field.optionalRow(raw['HostConfig']);
  return {
    id: field.name(raw, 'Id'),
    name: field.text(raw, 'Name').replace(/^\//, ''),
    autoRemove: host['AutoRemove'] === true,
    mounts: readMounts(raw, host),
    writable: measure ? (field.optionalNumber(raw, 'SizeRw') ?? 0) : null,
    createdAt: field.time(raw, 'Created'),
    startedAt: field.time(state, 'StartedAt'),
    finishedAt: field.time(state, 'FinishedAt'),
  };
}
