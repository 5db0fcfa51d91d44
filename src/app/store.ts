/** The one state of the program, outside React. Listeners hear of a change after it has been made, at once. */
export type Store<S, E> = {
  getState: () => S;
  dispatch: (event: E) => void;
  /** @returns a function that ends the subscription */
  subscribe: (listener: () => void) => () => void;
};

export function createStore<S, E>(reduce: (state: S, event: E) => S, initial: S): Store<S, E> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    dispatch(event) {
      const next = reduce(state, event);
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
