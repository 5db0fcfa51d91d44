import type { ReadStream } from 'node:tty';

/** Turns of the event loop without data after which nothing is taken to be left; reading comes once in each. */
const QUIET_TURNS = 2;
/** For a background program that writes on and on after the shell has ended; and for a reader that never resumes. */
const LONGEST_MS = 1000;
const LONGEST_PAUSE_MS = 5000;

/**
 * Lets the last output arrive. node-pty destroys its socket 200 ms after the program's end, and drops what was not read
 * by then, because reading was paused or the event loop was late (reproduced with node-pty 1.1.0).
 */
export function lingerBeforeDestroy(socket: ReadStream, isPaused: () => boolean): void {
  const destroy = socket.destroy.bind(socket);
  let asked = 0;
  let quiet = 0;
  const look = (): void => {
    const longest = isPaused() ? LONGEST_PAUSE_MS : LONGEST_MS;
    if (quiet >= QUIET_TURNS || Date.now() - asked > longest) {
      destroy();
      return;
    }
    if (isPaused()) {
      setTimeout(look, 10);
      return;
    }
    quiet += 1;
    setImmediate(look);
  };
  socket.on('data', () => {
    quiet = 0;
  });
  socket.destroy = (error) => {
    if (error) return destroy(error);
    if (asked === 0) {
      asked = Date.now();
      look();
    }
    return socket;
  };
}
