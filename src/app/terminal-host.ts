import type { ReadStream, WriteStream } from 'node:tty';

/** The terminal as the rest of the program needs it; `ui` implements it. */
export interface TerminalHost {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  /** Gives the terminal back as it was found, runs the task, then takes it again and draws everything anew. */
  lend(task: () => Promise<void>): Promise<void>;
  /** Writes a sequence that shows nothing, such as a copy to the clipboard. */
  send(sequence: string): void;
  /** Clears the screen and draws it again. */
  redraw(): Promise<void>;
}
