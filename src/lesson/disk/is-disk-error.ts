/** What a person can act on: no room, no right, a folder in the way. Anything else that is thrown is a bug. */
export function isDiskError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
