import type { ReadStream } from 'node:tty';
import type { TerminalModes } from '../terminal-modes.ts';
import { createKeyReader, type Input } from './read-keys.ts';

/** The one door for what a person does at the terminal. */
export type Keyboard = {
  /** Takes the terminal's input, and sets it up for that. */
  listen: () => void;
  /** Leaves the input to others, as it was found. */
  mute: () => void;
  close: () => void;
};

export function createKeyboard(
  stdin: ReadStream,
  modes: TerminalModes,
  onInput: (input: Input) => void,
): Keyboard {
  const keys = createKeyReader(onInput);
  const onData = (chunk: string): void => keys.feed(chunk);
  return {
    listen() {
      stdin.setEncoding('utf8');
      stdin.on('data', onData);
      modes.take();
    },
    mute() {
      stdin.off('data', onData);
      modes.giveBack();
    },
    close: () => keys.close(),
  };
}
