import type { ProgramStore } from './program-store.ts';

/** How long a notice stays, in milliseconds. */
export const NOTICE_SHOWN = 4_000;

/** Says something in the bottom line for a while. */
export function say(store: ProgramStore, tone: 'good' | 'bad' | 'plain', text: string, advice = ''): void {
  store.dispatch({ type: 'notice-shown', notice: { tone, text, advice, until: Date.now() + NOTICE_SHOWN } });
}
