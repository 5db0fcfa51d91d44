import type { PortSpec, RunSpec } from '../../src/engine/commands.ts';
import { EMPTY_RUN_SPEC } from '../../src/engine/run-line.ts';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';

/** `docker run -d tiny:1 sh -c SCRIPT` with nothing else set but what is given. */
export function runSpec(script: string, rest: Partial<RunSpec> = {}): RunSpec {
  return { ...EMPTY_RUN_SPEC, image: BASE_IMAGE, command: ['sh', '-c', script], ...rest };
}

export function publish(host: number, container: number): PortSpec {
  return { ip: '', host, container, protocol: 'tcp' };
}
