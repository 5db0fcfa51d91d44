import type { ReadStream, WriteStream } from 'node:tty';

/** Mouse presses, wheel and moves with a button held (1002) in SGR form (1006), and bracketed paste (2004). */
const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';
const MOUSE_ON = '\x1b[?1002h\x1b[?1006h';
const MOUSE_OFF = '\x1b[?1006l\x1b[?1002l';

/** What we change of the terminal besides what Ink does (alternate screen, cursor), and how it is put back. */
export type TerminalModes = {
  /** Raw keys, paste marks, and the mouse where wanted. Again after the terminal was lent to another program. */
  take: () => void;
  giveBack: () => void;
  setMouse: (on: boolean) => void;
};

export function createTerminalModes(
  stdin: ReadStream,
  stdout: WriteStream,
  withMouse: boolean,
): TerminalModes {
  let mouse = withMouse;
  let taken = false;
  return {
    take() {
      taken = true;
      stdin.setRawMode(true);
      stdin.resume();
      // The alternate screen begins where the cursor was: a frame that is not drawn from the first column wraps.
      stdout.write(`\r${PASTE_ON}${mouse ? MOUSE_ON : ''}`);
    },
    giveBack() {
      if (!taken) return;
      taken = false;
      stdout.write(MOUSE_OFF + PASTE_OFF);
      // After a hang-up the terminal is gone, and so is its raw mode.
      if (!stdin.destroyed) stdin.setRawMode(false);
      stdin.pause();
    },
    setMouse(on) {
      if (mouse === on) return;
      mouse = on;
      if (taken) stdout.write(on ? MOUSE_ON : MOUSE_OFF);
    },
  };
}
