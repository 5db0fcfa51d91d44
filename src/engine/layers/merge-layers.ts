import type { Layer, LayerEntry } from './layer.ts';

/** The bytes of one file, which may have several names (hard links). */
export type Content = {
  size: number;
  /** The layer that holds them. */
  layer: number;
  entry: LayerEntry;
  /** All that ever had it; the one it was written as comes first. */
  places: Place[];
  /** How many names it has left. */
  names: number;
};

/** A path in the layers put on top of each other. Changed in place while they are put there; read only afterwards. */
export type Place = {
  name: string;
  path: string;
  /** Null for a folder that no layer writes but with something in it. */
  entry: LayerEntry | null;
  /** What stood here before the top layer wrote over it, for a folder that stayed one. */
  before: LayerEntry | null;
  /** The layer that wrote it last, and the one that it has been there since. */
  layer: number;
  since: number;
  content: Content | null;
  /** Null for what is no folder. */
  children: Map<string, Place> | null;
  /** What the top layer took out of this folder, or replaced. */
  ghosts: Map<string, Place> | null;
  isThere: boolean;
};

/** Bytes that nobody can reach any more. */
export type Lost = { content: Content; by: number };

export type Merged = { root: Place; contents: readonly Content[]; lost: readonly Lost[] };

/**
 * Puts layers on top of each other, up to and with `top`: first a layer takes away what is below it, whatever the order in
 * its archive, and then writes its own (OCI image layer specification). One pass over all entries.
 */
export function mergeLayers(layers: readonly Layer[], top: number): Merged {
  const root = newPlace('', '', 0);
  root.children = new Map();
  const contents: Content[] = [];
  const lost: Lost[] = [];
  for (const [at, layer] of layers.slice(0, top + 1).entries()) {
    const merging: Merging = { root, at, contents, lost, keepsGhosts: at === top, folder: root };
    for (const path of layer.opaque) empty(merging, path);
    for (const path of layer.deleted) removePath(merging, path);
    for (const entry of layer.entries) write(merging, entry);
  }
  return { root, contents, lost };
}

type Merging = {
  root: Place;
  at: number;
  contents: Content[];
  lost: Lost[];
  keepsGhosts: boolean;
  /** The folder that was written to last: archives go folder by folder. */
  folder: Place;
};

function newPlace(name: string, path: string, layer: number): Place {
  return {
    name,
    path,
    entry: null,
    before: null,
    layer,
    since: layer,
    content: null,
    children: null,
    ghosts: null,
    isThere: true,
  };
}

/** What takes something out of a folder makes the folder, too, where it is missing: it lies in it as a file when unpacked. */
function empty(merging: Merging, path: string): void {
  const folder = folderAt(merging, path);
  for (const name of folder.children!.keys()) take(merging, folder, name);
}

function removePath(merging: Merging, path: string): void {
  take(merging, folderAt(merging, parentOf(path)), path.slice(path.lastIndexOf('/') + 1));
}

function write(merging: Merging, entry: LayerEntry): void {
  if (entry.path === '') return writeFolder(merging, merging.root, entry);
  const parent = folderAt(merging, parentOf(entry.path));
  const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  const present = parent.children!.get(name);
  if (entry.type === 'folder' && present?.children) return writeFolder(merging, present, entry);
  // Looked up first: a link may replace the very name that it leads to.
  const linked = entry.type === 'hard-link' ? (findPlace(merging.root, entry.target)?.content ?? null) : null;
  if (present !== undefined) take(merging, parent, name);
  const place = newPlace(name, entry.path, merging.at);
  place.entry = entry;
  if (entry.type === 'folder') place.children = new Map();
  if (entry.type === 'file') hold(place, newContent(merging, entry));
  if (linked !== null && linked.names > 0) hold(place, linked);
  parent.children!.set(name, place);
}

function writeFolder({ at, keepsGhosts }: Merging, place: Place, entry: LayerEntry): void {
  if (keepsGhosts && place.since < at) place.before ??= place.entry;
  place.entry = entry;
  place.layer = at;
}

function newContent({ contents, at }: Merging, entry: LayerEntry): Content {
  const content = { size: entry.size, layer: at, entry, places: [], names: 0 };
  contents.push(content);
  return content;
}

function hold(place: Place, content: Content): void {
  place.content = content;
  content.places.push(place);
  content.names++;
}

/** Takes a name out of a folder, with everything below it. */
function take(merging: Merging, parent: Place, name: string): void {
  const place = parent.children?.get(name);
  if (place === undefined) return;
  parent.children!.delete(name);
  if (merging.keepsGhosts && place.since < merging.at) (parent.ghosts ??= new Map()).set(name, place);
  drop(merging, place);
}

function drop(merging: Merging, place: Place): void {
  place.isThere = false;
  if (place.content !== null && --place.content.names === 0)
    merging.lost.push({ content: place.content, by: merging.at });
  for (const child of place.children?.values() ?? []) drop(merging, child);
}

/** The folder at a path, made where it is missing; a file or a link in the way gives place to it, as in an overlay. */
function folderAt(merging: Merging, path: string): Place {
  if (merging.folder.path === path && merging.folder.isThere) return merging.folder;
  let place = merging.root;
  for (let end = 0; end < path.length;) {
    const start = end === 0 ? 0 : end + 1;
    const slash = path.indexOf('/', start);
    end = slash === -1 ? path.length : slash;
    place = folderIn(merging, place, path.slice(start, end));
  }
  return (merging.folder = place);
}

function folderIn(merging: Merging, parent: Place, name: string): Place {
  const present = parent.children!.get(name);
  if (present?.children) return present;
  take(merging, parent, name);
  const folder = newPlace(name, parent.path === '' ? name : `${parent.path}/${name}`, merging.at);
  folder.children = new Map();
  parent.children!.set(name, folder);
  return folder;
}

function findPlace(root: Place, path: string): Place | null {
  let place: Place | undefined = root;
  if (path !== '') for (const name of path.split('/')) place = place?.children?.get(name);
  return place ?? null;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
