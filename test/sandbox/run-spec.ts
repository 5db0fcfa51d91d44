import type { PortSpec, RunSpec } from '../../src/engine/commands.ts';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';

/** `docker run -d tiny:1 sh -c SCRIPT` with nothing else set but what is given. */
export function runSpec(script: string, rest: Partial<RunSpec> = {}): RunSpec {
  return {
    image: BASE_IMAGE,
    name: '',
    command: ['sh', '-c', script],
    ports: [],
    env: [],
    mounts: [],
    network: '',
    labels: {},
    workdir: '',
    user: '',
    entrypoint: '',
    restart: '',
    autoRemove: false,
    interactive: false,
    tty: false,
    ...rest,
  };
}

export function publish(host: number, container: number): PortSpec {
  return { ip: '', host, container, protocol: 'tcp' };
}
