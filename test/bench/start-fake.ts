import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type EngineTalk, talkTo } from './engine-talk.ts';

export type Fake = {
  talk: EngineTalk;
  /** What was asked since the last time: `METHOD /path?query`, decoded, without the version. */
  takeRequests: () => Promise<string[]>;
  stop: () => Promise<void>;
};

/**
 * Names its containers `container-0`…, of which only the first runs.
 *
 * @param saved bytes that `docker save` gets; with 0 it is not answered
 */
export async function startFake(containers: number, saved = 0): Promise<Fake> {
  const child = fork(join(import.meta.dirname, 'fake-process.ts'), [String(containers), String(saved)]);
  const [{ host }] = (await once(child, 'message')) as [{ host: string }];
  const talk = talkTo(host.replace('unix://', ''), 'image-0:1');
  return {
    talk,
    async takeRequests() {
      const answer = once(child, 'message');
      child.send('requests');
      return ((await answer) as [{ requests: string[] }])[0].requests;
    },
    async stop() {
      talk.close();
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
