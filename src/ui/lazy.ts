/** A value that is loaded when it is first wanted, for `useSyncExternalStore`. */
export type Lazy<T> = {
  get: () => T | null;
  subscribe: (listener: () => void) => () => void;
  /** Starts loading, once. */
  want: () => void;
};

export function createLazy<T>(load: () => Promise<T>, onError: (error: unknown) => void): Lazy<T> {
  let value: T | null = null;
  let started = false;
  const listeners = new Set<() => void>();
  const run = async (): Promise<void> => {
    value = await load();
    for (const listener of listeners) listener();
  };
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want() {
      if (started) return;
      started = true;
      run().catch(onError);
    },
  };
}
