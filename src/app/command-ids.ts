let last = 0;

/** An id for a command, from a key or from a shell: one history holds both. */
export function nextCommandId(): number {
  last += 1;
  return last;
}
