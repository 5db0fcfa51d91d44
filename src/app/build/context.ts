import type { Dockerfile } from '../../engine/build/dockerfile.ts';
import type { IgnoreRule } from '../../engine/build/ignore-file.ts';
import type { WrittenEntry } from '../../engine/tar/header-bytes.ts';

/** Something in the folder of a build. `path` is for people and patterns, `entry.path` are its exact bytes. */
export type ContextEntry = { path: string; entry: WrittenEntry };

/** Something that is not sent: by which rule, or null for what no archive can hold (a socket, a device). */
export type LeftOut = { path: string; by: IgnoreRule | null; files: number; bytes: number };

/** The folder of a build, as it is before anything in it has been looked at. */
export type BuildContext = {
  /** Absolute. */
  folder: string;
  dockerfile: Dockerfile;
  /** Path of the Dockerfile in the archive. */
  dockerfilePath: string;
  /** Where the Dockerfile lies outside of the folder, its text, which is sent as `dockerfilePath`. */
  outside: Buffer | null;
  rules: readonly IgnoreRule[];
  /** File that the rules are from; empty for none. */
  ignoreFile: string;
};
