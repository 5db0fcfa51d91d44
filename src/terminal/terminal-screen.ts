/** What a terminal shows, ready to be drawn: the same row of cells is the same string as before. */
export type TerminalScreen = {
  columns: number;
  /** Exactly as many as the terminal has, each exactly `columns` cells wide; text with SGR codes, nothing else. */
  rows: readonly string[];
  /** Null while it is hidden or scrolled out of view. */
  cursor: { x: number; y: number } | null;
  /** As the program inside has set it (OSC 0, 2), without control characters; empty until then. */
  title: string;
  /** The alternate screen is on, as in `vi` and `less`. */
  alternate: boolean;
  /** The program inside has asked for the mouse. */
  mouse: boolean;
  /** Lines that the view stands above the newest; 0 when it follows. */
  scrolledBack: number;
  /** Lines above the screen that can be scrolled to. */
  scrollback: number;
  /** By row: the command whose prompt begins there, where the shell marks its prompts. */
  commands: readonly (CommandMark | null)[];
};

/** `code` is null while it runs, and where the shell did not say. */
export type CommandMark = { id: number; code: number | null; running: boolean };

/** Told by a shell that marks its prompts (OSC 133). Ids count up within one terminal. */
export type ShellCommandFact =
  | { type: 'started'; id: number; line: string; at: number }
  | { type: 'ended'; id: number; code: number | null; at: number };
