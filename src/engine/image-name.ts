/** The name as `docker images` shows it; podman always writes it in full. `localhost/x` is a name of its own. */
export function shortImageName(name: string): string {
  return name.replace(/^docker\.io\/library\/(?=[^/]+$)|^docker\.io\//, '');
}

export type ImageReference = { repository: string; tag: string; digest: string };

/** Cuts `registry:5000/team/app:1.2@sha256:…`; a colon before a slash belongs to the registry's port. */
export function splitImageName(name: string): ImageReference {
  const [named = '', digest = ''] = name.split('@', 2);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon === -1
    ? { repository: named, tag: '', digest }
    : { repository: named.slice(0, colon), tag: named.slice(colon + 1), digest };
}

/** Whether two names mean the same image: `tiny` is `tiny:latest`, and podman puts `localhost/` in front of its own. */
export function isSameImage(one: string, other: string): boolean {
  return fullImageName(one) === fullImageName(other);
}

/** `tiny` as `tiny:latest`; where podman puts `localhost/` in front, the person did not. */
export function fullImageName(name: string): string {
  const short = withoutLocalhost(shortImageName(name));
  const { tag, digest } = splitImageName(short);
  return tag === '' && digest === '' ? `${short}:latest` : short;
}

/** `localhost/tiny:1` as the person typed it on podman; `localhost:5000/…` is a registry. */
export function withoutLocalhost(name: string): string {
  return name.replace(/^localhost\//, '');
}
