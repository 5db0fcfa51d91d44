/** Fewer digits than that are more likely a name. */
const SHORTEST_ID = 4;

/** Podman's containers name their image without `sha256:`, its images themselves with it. */
export function bareId(id: string): string {
  return id.replace(/^sha256:/, '');
}

/** The first twelve digits, as the `docker` command shows them. */
export function shortId(id: string): string {
  return bareId(id).slice(0, 12);
}

/** Whether somebody who writes `beginning` can mean this id. */
export function beginsId(id: string, beginning: string): boolean {
  const digits = bareId(beginning);
  return /^[0-9a-f]+$/.test(digits) && digits.length >= SHORTEST_ID && bareId(id).startsWith(digits);
}
