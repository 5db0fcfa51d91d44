import type { Readable } from 'node:stream';

/** A build as it is asked for. */
export type BuildSpec = {
  folder: string;
  /** Within the folder, or absolute; empty: `Dockerfile`. */
  dockerfile: string;
  /** `name:tag`; empty: the image gets no name. */
  name: string;
  /** `NAME=value` */
  args: readonly string[];
  /** Stage to stop at; empty: the last one. */
  target: string;
  noCache: boolean;
  pull: boolean;
};

/** The same, ready to be sent. */
export type BuildRequest = Omit<BuildSpec, 'folder'> & {
  /** A tar archive of the context; `dockerfile` is a path in it. It is destroyed when the build is over. */
  archive: Readable;
  /** The builder to use; where it is left out, the one that the engine names as its own. */
  builder?: Builder;
};

/** `classic` builds line by line, `buildkit` works out first what depends on what. */
export type Builder = 'classic' | 'buildkit';

/**
 * Where a builder says a step is: its stage by number (from 0) or name, null where it counts through the whole file; and its
 * place among those it counts, from 1.
 */
export type StepPlace = { stage: number | string | null; number: number; of: number };

/** What a builder tells of its work; both builders say it in these words. `step` names a step for as long as the build lasts. */
export type BuildNews =
  | { news: 'builder'; builder: Builder }
  /** `instruction` as it stands in the Dockerfile, on one line. BuildKit tells of its steps before they begin. */
  | { news: 'step'; step: string; instruction: string; place: StepPlace }
  | { news: 'began'; step: string }
  | { news: 'cached'; step: string }
  | { news: 'said'; step: string; line: string }
  /** Milliseconds by the engine's clock, where it tells; `error` is empty where it went well. */
  | { news: 'ended'; step: string; took: number | null; error: string }
  /** Image that the step left behind, where the builder keeps one. */
  | { news: 'left'; step: string; image: string }
  /** Bytes that the step added to the image, and all there are up to it. */
  | { news: 'measured'; step: string; added: number; total: number }
  /** Something on the way that is no step of the Dockerfile, such as a pull. */
  | { news: 'aside'; line: string }
  /** It is not a step that failed but what this FROM asks for. */
  | { news: 'blamed'; from: string }
  | { news: 'made'; image: string; size: number };
