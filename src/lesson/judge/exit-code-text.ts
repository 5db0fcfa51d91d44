/**
 * What exit codes of a container's main process mean (docs.docker.com, “Running containers”, Exit status; above 128 it
 * was ended by the signal with the number that is left).
 */
const MEANINGS: Readonly<Record<number, string>> = {
  0: 'ended well',
  125: 'the engine itself failed',
  126: 'its command cannot be run',
  127: 'its command was not found',
  130: 'interrupted',
  137: 'killed',
  139: 'crashed',
  143: 'asked to end',
};

/** `exit code 137 (killed)`. */
export function exitCodeText(code: number): string {
  const meaning = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  return meaning === undefined ? `exit code ${code}` : `exit code ${code} (${meaning})`;
}
