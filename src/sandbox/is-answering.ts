import { connect } from '../engine/connect.ts';
import { EngineError } from '../engine/errors.ts';

/** Whether an engine answers on this socket, within a second. */
export async function isAnswering(socketPath: string): Promise<boolean> {
  try {
    const engine = await connect({ via: 'unix', path: socketPath }, { timeoutMs: 1000 });
    engine.close();
    return true;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}
