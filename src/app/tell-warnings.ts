import type { SandboxLease } from '../sandbox/sandbox.ts';
import type { ProgramStore } from './program-store.ts';

/** Milliseconds; long enough to be read after what else a start brings. */
const SHOWN = 12_000;

/** Says what is amiss with the sandbox: at once what was so already, and everything that comes later. */
export function tellWarnings(store: ProgramStore, lease: SandboxLease): void {
  const tell = (tone: 'plain' | 'bad', warnings: readonly string[]): void => {
    // The line at the bottom may be cut, so that the thing itself comes early.
    const text = `Sandbox: ${warnings.map((warning) => warning.replace(/^the sandbox /, '')).join('; ')}`;
    const advice = 'slipway sandbox status says more.';
    store.dispatch({ type: 'notice-shown', notice: { tone, text, advice, until: Date.now() + SHOWN } });
  };
  if (lease.warnings.length > 0) tell('plain', lease.warnings);
  lease.onWarning((text) => tell('bad', [text]));
}
