import type { EngineFamily } from '../../engine/engine.ts';

/** `said` are the words of the engine, or of its client, on one line; the others are for a person who does not know them. */
export type Explained = { said: string; meaning: string; tryThis: string };

/** What is known where an error is explained: names, for “did you mean”, as a person would write them (`tiny:1`). */
export type ErrorContext = {
  family: EngineFamily;
  images: readonly string[];
  containers: readonly string[];
  volumes: readonly string[];
  networks: readonly string[];
  /** The engine is one of Slipway’s own, which has no way to the internet. */
  sandbox: boolean;
  /** The line that was typed; empty where none is known. */
  command: string;
};

/** The named groups of `says`, and `whole`: everything that was said, a line each. */
export type Said = Readonly<Record<string, string | undefined>>;
export type ErrorText = string | ((said: Said, context: ErrorContext) => string);

export type ErrorRow = {
  /** Unique in the table. */
  id: string;
  /** Fits the lines that say what is wrong, of every engine and client whose words are known. */
  says: RegExp;
  meaning: ErrorText;
  tryThis: ErrorText;
};
