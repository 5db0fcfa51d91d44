/**
 * Bytes both ways to something that believes it sits at a terminal: a program in a pseudo-terminal, or a shell inside
 * a container. Listeners are set once, before anything else happens.
 */
export interface Channel {
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called once, after the last data. */
  onExit(listener: (exit: ChannelExit) => void): void;
  /** Sent as UTF-8. After the end it does nothing. */
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** Stops reading, so that the writer on the other side has to wait. */
  pause(): void;
  resume(): void;
  /** Hangs up, as when a terminal's window is closed; `onExit` follows. */
  close(): void;
  /** Name of the program that has the terminal now; empty where that is the shell itself, or not known. */
  foreground(): string;
}

export type ChannelExit = {
  code: number;
  /** Number of the signal that ended it; 0 when it ended by itself. */
  signal: number;
  /** Why it ended where that was not the program's doing (the connection broke); empty otherwise. */
  why: string;
};
