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
