import type { Client } from './client.ts';
import type { EngineAbout } from './engine.ts';
import { EngineError } from './errors.ts';
import * as field from './fields.ts';
import { UnreadableField } from './fields.ts';
import type { Row } from './fields.ts';

/** `GET /version` and `GET /info`; podman takes up to 0.7 s for each. */
export async function readAbout(client: Client, apiVersion: string): Promise<EngineAbout> {
  const [version, info] = await Promise.all([
    client.json({ path: '/version' }),
    client.json({ path: '/info' }),
  ]);
  try {
    return toAbout(field.row(version, 'the version'), field.row(info, 'the description'), apiVersion);
  } catch (error) {
    if (!(error instanceof UnreadableField)) throw error;
    throw new EngineError('protocol', `what the engine says of itself cannot be read: ${error.message}`, {
      cause: error,
    });
  }
}

function toAbout(version: Row, info: Row, apiVersion: string): EngineAbout {
  const cgroup = field.optionalText(info, 'CgroupVersion');
  return {
    version: field.text(version, 'Version'),
    apiVersion,
    storageDriver: field.optionalText(info, 'Driver'),
    cgroupVersion: cgroup === '1' || cgroup === '2' ? cgroup : '',
    os: field.optionalText(info, 'OperatingSystem'),
    arch: field.optionalText(version, 'Arch'),
    rootless: info['Rootless'] === true || field.texts(info, 'SecurityOptions').includes('name=rootless'),
    swarmNode: field.optionalText(field.optionalRow(info['Swarm']), 'NodeID'),
    dataRoot: field.optionalText(info, 'DockerRootDir'),
    cpus: field.optionalNumber(info, 'NCPU') ?? 0,
    memory: field.optionalNumber(info, 'MemTotal') ?? 0,
    warnings: field.texts(info, 'Warnings'),
  };
}
