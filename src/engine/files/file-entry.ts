/**
 * What is in a folder, in our words. As in `layers/layer.ts`, bytes of a name that are not UTF-8 are kept as U+DC80–U+DCFF:
 * names, paths and targets are exact, and are made harmless only where they are shown.
 */

const FILE_TYPES = ['file', 'folder', 'link', 'character-device', 'block-device', 'pipe', 'socket'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** One line of a folder's list. */
export type FileEntry = {
  name: string;
  type: FileType;
  /** Bytes; 0 for what is no file. */
  size: number;
  /** Permission bits with setuid, setgid and sticky: 0o0000–0o7777. */
  mode: number;
  /** Null where the engine does not tell: podman's archives have its container's user for an owner of everything. */
  uid: number | null;
  gid: number | null;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
  /** Where a link leads, as it is written; empty for everything else. */
  target: string;
};

/** What the engine tells of one path without its content; it says no owner. */
export type PathStat = Omit<FileEntry, 'uid' | 'gid'>;
