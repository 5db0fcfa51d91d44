/** Places on the screen that show what a word stands for, as sentences name them. */
const PLACES: Readonly<Record<string, string>> = {
  containers: 'the list of containers',
  images: 'the list of images',
  volumes: 'the list of volumes',
  networks: 'the list of networks',
  wire: 'the wire: what clients ask of the engine',
  build: 'the form that builds an image',
  engines: 'the choice of engines',
  'disk-usage': 'what takes room on the disk',
};

const TABS: Readonly<Record<string, readonly string[]>> = {
  containers: ['logs', 'stats', 'layers', 'files', 'mounts', 'inspect'],
  images: ['layers', 'files', 'inspect'],
  volumes: ['files', 'mounts', 'inspect'],
  networks: ['inspect'],
};

export function isSeenAt(look: string): boolean {
  return seenAt(look) !== '';
}

/** `containers/mounts` in words; empty for what is no place. */
export function seenAt(look: string): string {
  const [place = '', tab, ...more] = look.split('/');
  const name = Object.hasOwn(PLACES, place) ? (PLACES[place] ?? '') : '';
  if (tab === undefined || name === '') return name;
  if (more.length > 0 || TABS[place]?.includes(tab) !== true) return '';
  return `the tab ${tab[0]!.toUpperCase()}${tab.slice(1)} of ${place === 'images' ? 'an image' : `a ${place.slice(0, -1)}`}`;
}
