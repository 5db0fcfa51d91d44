/**
 * Whoever reads a container because an event named it has to read it again after this long, in milliseconds.
 * dockerd 20.10 sends `pause`, `unpause` and `die` before it commits the state that its list is read from
 * (`handleContainerExit` cleans up the network and the file system in between), and no other event follows.
 */
export const READ_AGAIN_AFTER: readonly number[] = [150, 1_000];
