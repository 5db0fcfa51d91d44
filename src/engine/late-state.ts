/**
 * Whoever reads a container because of an event that `settlesLate` has to read it again after this long, in
 * milliseconds. dockerd 20.10 sends `pause`, `unpause` and `die` before it commits the state that its list is read from
 * (`handleContainerExit` cleans up the network and the file system in between), and no other event follows.
 */
export const READ_AGAIN_AFTER: readonly number[] = [150, 1_000];

/** Whether an event of a container may be ahead of the engine's list. */
export function settlesLate(action: string): boolean {
  return /^(start|stop|die|kill|oom|pause|unpause|restart)/.test(action);
}
