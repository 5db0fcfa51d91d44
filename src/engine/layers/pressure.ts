import type { Transform } from 'node:stream';

/** What has to be waited for before more of a stream is taken in: others that are still busy with what there was. */
export type Pressure = {
  wait(until: Promise<void>): void;
  /** Whether anything has to be waited for at all; asked for every piece. */
  isHigh(): boolean;
  settled(): Promise<void>;
  /** Streams that hold memory of their own until they are ended or destroyed. */
  owns(stream: Transform): void;
  release(): void;
};

export function pressure(): Pressure {
  let waiting: Promise<void>[] = [];
  const streams: Transform[] = [];
  return {
    wait: (until) => void waiting.push(until),
    isHigh: () => waiting.length > 0,
    async settled() {
      while (waiting.length > 0) {
        const now = waiting;
        waiting = [];
        await Promise.all(now);
      }
    },
    owns: (stream) => void streams.push(stream),
    release: () => streams.forEach((stream) => stream.destroy()),
  };
}
