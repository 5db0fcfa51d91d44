import type { Place } from '../../engine/files/engine-files.ts';

/** A file or a folder of an engine. */
export type Source = {
  place: Place;
  /** How the place is called: `web`, `tiny:1`, `notes`. */
  label: string;
  path: string;
  /** Bytes of a file; null for what is not known. */
  size: number | null;
  isLink: boolean;
};

/** What `app/files` does. */
export type FilesEffect =
  /** Shows a file as a page; a link to a folder opens that. */
  | { do: 'open-file'; source: Source }
  /** `target` is as it was typed. */
  | { do: 'copy-out'; source: Source; target: string; overwrite: boolean }
  /** Into the folder `into`; `from` is as it was typed. */
  | { do: 'copy-in'; from: string; into: Source; overwrite: boolean };
