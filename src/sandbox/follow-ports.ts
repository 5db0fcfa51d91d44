import type { Engine } from '../engine/engine.ts';
import { READ_AGAIN_AFTER, settlesLate } from '../engine/late-state.ts';
import type { PortBridge } from './port-bridge.ts';

/** Keeps the bridge in step with the published tcp ports of running containers, until the signal is aborted. */
export async function followPorts(engine: Engine, bridge: PortBridge, signal: AbortSignal): Promise<void> {
  const refresh = latestOnly(async () => bridge.show(await publishedPorts(engine)));
  // A failure here means the engine is going; then the stream of events ends and says so.
  const tryRefresh = (): void => void refresh().catch(() => undefined);
  const events = engine.watch({ signal, onReady: tryRefresh });
  for await (const event of events) {
    // A health check and a shell are events of a container too, one a second each.
    if (event.kind !== 'container' || /^(exec|top|attach|resize|health)/.test(event.action)) continue;
    tryRefresh();
    if (settlesLate(event.action))
      for (const delay of READ_AGAIN_AFTER) setTimeout(tryRefresh, delay).unref();
  }
}

async function publishedPorts(engine: Engine): Promise<number[]> {
  const ports = new Set<number>();
  for (const container of await engine.list('container')) {
    if (container.kind !== 'container') continue;
    for (const port of container.ports)
      if (port.host !== null && port.protocol === 'tcp') ports.add(port.host);
  }
  return [...ports];
}

/** Runs the task once more after the calls that come while it is running, not once for each. */
function latestOnly(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await task();
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = run().finally(() => (running = null));
    return running;
  };
}
