import type { LaunchOptions, Terminal } from '../support/terminal.ts';

/** One picture: the file it becomes, the program's surroundings, and what is pressed before it is taken. */
export type Shot = {
  name: string;
  columns: number;
  rows: number;
  /** What the program is started with; by itself nothing, beside the engine. */
  args?: readonly string[];
  env?: LaunchOptions['env'];
  /** Without one the program finds nothing, and says so. */
  engine: boolean;
  play: (terminal: Terminal) => Promise<unknown>;
  /** Takes away what was made for it: the next picture is of the same scene. */
  tidy?: (terminal: Terminal) => Promise<unknown>;
};
