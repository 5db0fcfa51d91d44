import { connect } from '../../engine/connect.ts';
import { openSecondEngine, whyNoSecondEngine } from '../../sandbox/second-engine/second-engine.ts';
import { findOnPath } from '../find-on-path.ts';
import type { ProvideOptions, Ready } from './provide-features.ts';

/** Starts an engine that plays the one on another machine, for as long as the lesson is open; a text says why not. */
export async function provideSecondEngine({ env, onTask, signal }: ProvideOptions): Promise<Ready | string> {
  if ((await findOnPath('docker', env['PATH'] ?? '')) === null)
    return 'No docker client is installed, and podman’s own does not speak TLS.';
  const why = await whyNoSecondEngine();
  if (why !== null) return `${why}.`;
  const second = await openSecondEngine({ signal, ...(onTask && { onStep: onTask }) });
  try {
    const elsewhere = await connect(second.endpoint, { signal });
    const close = async (): Promise<void> => {
      elsewhere.close();
      await second.close();
    };
    return {
      values: { 'second-engine': second.host, 'second-engine-certs': second.certs },
      elsewhere,
      close,
    };
  } catch (error) {
    await second.close();
    throw error;
  }
}
