import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { describe, inject, it } from 'vitest';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { listen } from '../../src/sandbox/talk.ts';
import {
  ENGINE_NAMES,
  type EngineFacts,
  type EngineName,
  isHostAnswer,
  type HostQuestion,
} from './engine-host-talk.ts';

export type TestEngine = EngineFacts & { host: string; endpoint: Endpoint; image: string };

/** An engine that a test may stop, kill (`pid`), freeze, or take the socket away from. */
export type OwnEngine = TestEngine & {
  /** Ends it and everything in it; waits `grace` milliseconds before killing (0). */
  stop(grace?: number): Promise<void>;
  /** Starts it on the same data and socket; gives its new process ids. */
  start(): Promise<EngineFacts>;
  discard(): Promise<void>;
};

export function hasEngine(name: EngineName): boolean {
  return !(name in inject('missingEngines'));
}

/**
 * The private engines of this run, each with `tiny:1`, started when first asked for. All test files use them at the same
 * time: give things names of your own, remove them, and do not count or prune what others made (`ownEngine` is for that).
 * For the ones that cannot be had a skipped suite says so. Use: `describe.each(await testEngines())('on $name', …)`.
 */
export async function testEngines(): Promise<TestEngine[]> {
  const ask = await host();
  return Promise.all(presentEngines().map(async (name) => withHost(await ask({ ask: 'shared', name }))));
}

/** The same, but throw-away ones: for tests of what everybody on an engine would notice, such as a registry in its network. */
export function ownEngines(): Promise<OwnEngine[]> {
  return Promise.all(presentEngines().map(ownEngine));
}

function presentEngines(): EngineName[] {
  for (const [name, why] of Object.entries(inject('missingEngines')))
    describe.skip(`${name}: ${why}`, () => {
      it('is tried', () => {});
    });
  return ENGINE_NAMES.filter(hasEngine);
}

/** A throw-away engine with `tiny:1`; gone at the latest when the test file ends. About 0.5 s. */
export async function ownEngine(name: EngineName): Promise<OwnEngine> {
  const ask = await host();
  const facts = await ask({ ask: 'open', name });
  const { handle } = facts;
  const engine: OwnEngine = {
    ...withHost(facts),
    stop: async (grace = 0) => void Object.assign(engine, await ask({ ask: 'stop', handle, grace })),
    start: async () => Object.assign(engine, await ask({ ask: 'start', handle })),
    discard: async () => void (await ask({ ask: 'discard', handle })),
  };
  return engine;
}

/** A throw-away dockerd. */
export const privateDockerd = (): Promise<OwnEngine> => ownEngine('docker');

function withHost(facts: EngineFacts): TestEngine {
  const endpoint: Endpoint = { via: 'unix', path: facts.socket };
  return { ...facts, host: `unix://${facts.socket}`, endpoint, image: BASE_IMAGE };
}

type Question = HostQuestion extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;
type Host = (question: Question) => Promise<EngineFacts>;

let opened: Promise<Host> | undefined;

/** One connection for each test file, which is also the lease of its throw-away engines. */
function host(): Promise<Host> {
  opened ??= openHost();
  return opened;
}

async function openHost(): Promise<Host> {
  const socket: Socket = connect(inject('engineHost'));
  await once(socket, 'connect');
  const waiting = new Map<number, PromiseWithResolvers<EngineFacts>>();
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the engine host has ended'));
  });
  listen(socket, (message) => {
    if (!isHostAnswer(message)) return;
    const answer = message;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('facts' in answer) asked?.resolve(answer.facts);
    else asked?.reject(new Error(answer.error));
    if (waiting.size === 0) socket.unref();
  });
  let count = 0;
  return (question) => {
    const id = ++count;
    const asked = Promise.withResolvers<EngineFacts>();
    waiting.set(id, asked);
    socket.ref();
    socket.write(`${JSON.stringify({ ...question, id })}\n`);
    return asked.promise;
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Socket of the process that starts engines. */
    engineHost: string;
    /** Engines that cannot be had, each with the reason. */
    missingEngines: Record<string, string>;
  }
}
