import { isRoot } from '../../sandbox/namespaced-process.ts';
import type { ProvideOptions, Ready } from './provide-features.ts';

/**
 * Whether containers can be limited. podman without root says that it can, and refuses to start a container that has a
 * limit; so it is asked who runs the engine, and which control groups the kernel has.
 */
export async function provideLimits({ engine, network }: ProvideOptions): Promise<Ready | string> {
  if (network.in === 'sandbox' && !isRoot()) return 'A sandbox without root cannot set any.';
  const { rootless, cgroupVersion, warnings } = await engine.about();
  if (rootless && cgroupVersion !== '2') return 'An engine without root can only set them with cgroups v2.';
  const refusal = warnings.find((warning) => /no (memory|pids) limit support/i.test(warning));
  return refusal === undefined ? {} : `${refusal}.`;
}
