import { once } from 'node:events';
import { connect } from 'node:net';
import type { TestProject } from 'vitest/node';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { listen } from '../../src/sandbox/talk.ts';
import { type EngineFacts, type HostQuestion, isHostAnswer } from '../support/engine-host-talk.ts';
import { setup, teardown } from '../support/engines-setup.ts';
import { type EngineTalk, talkTo } from './engine-talk.ts';

type Ask = HostQuestion extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;

/** A dockerd of its own, with `tiny:1`. */
export type BenchEngine = {
  talk: EngineTalk;
  /** Of dockerd, whose children count as the engine. */
  pid: () => number;
  stop: () => Promise<unknown>;
  start: () => Promise<unknown>;
  discard: () => Promise<void>;
};

export type BenchEngines = { open: () => Promise<BenchEngine>; close: () => Promise<void> };

/** The private engines that the tests use, without Vitest around them. */
export async function startEngines(): Promise<BenchEngines> {
  const provided = new Map<string, unknown>();
  const project = { provide: (key: string, value: unknown) => provided.set(key, value) };
  await setup(project as unknown as TestProject);
  const { docker } = provided.get('missingEngines') as Record<string, string>;
  if (docker !== undefined) throw new Error(`there is no dockerd to measure with: ${docker}`);
  const ask = await askHost(String(provided.get('engineHost')));
  return {
    open: async () => {
      let facts = await ask({ ask: 'open', name: 'docker' });
      const { handle } = facts;
      const talk = talkTo(facts.socket, BASE_IMAGE);
      return {
        talk,
        pid: () => facts.pid,
        stop: () => ask({ ask: 'stop', handle, grace: 0 }),
        start: async () => (facts = await ask({ ask: 'start', handle })),
        discard: async () => {
          talk.close();
          await ask({ ask: 'discard', handle });
        },
      };
    },
    close: teardown,
  };
}

async function askHost(path: string): Promise<(question: Ask) => Promise<EngineFacts>> {
  const socket = connect(path);
  await once(socket, 'connect');
  const waiting = new Map<number, PromiseWithResolvers<EngineFacts>>();
  listen(socket, (message) => {
    if (!isHostAnswer(message)) return;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ('facts' in message) asked?.resolve(message.facts);
    else asked?.reject(new Error(message.error));
  });
  let count = 0;
  return (question) => {
    const id = ++count;
    const asked = Promise.withResolvers<EngineFacts>();
    waiting.set(id, asked);
    socket.write(`${JSON.stringify({ ...question, id })}\n`);
    return asked.promise;
  };
}
