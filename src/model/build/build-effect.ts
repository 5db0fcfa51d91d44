import type { BuildSpec } from '../../engine/build/build.ts';

/** What `app/build` does. */
export type BuildEffect =
  /** Counts what is in the folder of the form, and what is left out; the last one asked for counts. */
  { do: 'look-at-context'; folder: string; dockerfile: string } | { do: 'build'; spec: BuildSpec };
