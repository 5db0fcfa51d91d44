import type { Mount } from '../../engine/objects.ts';

/** What a commit does not take, in plain words: everything that is mounted lies outside of the container's own layer. */
export function leftOut(mounts: readonly Mount[]): readonly string[] {
  if (mounts.length === 0) return [];
  return ['A commit does not take what is mounted:', ...mounts.map(mountText)];
}

function mountText({ type, name, source, target }: Mount): string {
  switch (type) {
    case 'volume':
      return `${target}: volume ${name}`;
    case 'bind':
      return `${target}: folder ${source} of the engine’s machine`;
    case 'tmpfs':
      return `${target}: in memory, gone with the next stop`;
    case 'other':
      return `${target}: mounted`;
  }
}
