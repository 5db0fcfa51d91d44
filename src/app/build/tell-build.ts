import type { BuildNews } from '../../engine/build/build.ts';
import type { ProgramStore } from '../program-store.ts';

/** News come in bursts; the screen gets them this often, in milliseconds, and the time that has passed as well. */
const TELL_EVERY = 100;

export type Telling = {
  told: (news: readonly BuildNews[]) => void;
  /** So many bytes of the context more. */
  sent: (bytes: number) => void;
  /** Tells what is left. */
  end: () => void;
};

/** Tells the store of a build, not more often than anybody can see. */
export function tellBuild(store: ProgramStore): Telling {
  let waiting: BuildNews[] = [];
  let bytes = 0;
  let told = 0;
  const tell = (): void => {
    const news = waiting;
    waiting = [];
    if (bytes !== told) store.dispatch({ type: 'build-sent', bytes });
    told = bytes;
    store.dispatch({ type: 'build-told', news, at: Date.now() });
  };
  const timer = setInterval(tell, TELL_EVERY).unref();
  return {
    told: (news) => void waiting.push(...news),
    sent: (more) => void (bytes += more),
    end() {
      clearInterval(timer);
      tell();
    },
  };
}
