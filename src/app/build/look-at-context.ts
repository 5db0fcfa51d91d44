import { cleanText } from '../../engine/clean-text.ts';
import { EngineError } from '../../engine/errors.ts';
import type { BuildEffect } from '../../model/build/build-effect.ts';
import type { ContextFacts, LargeThing } from '../../model/build/build-state.ts';
import type { ProgramStore } from '../program-store.ts';
import { wait } from '../wait.ts';
import { openContext } from './open-context.ts';
import { walkContext, type Found } from './walk-context.ts';

/** Nobody types slower than this in the middle of a path, in milliseconds. */
const SETTLED_AFTER = 150;
/** Looking is given up after this long: the whole disk may have been named. */
const GIVE_UP_AFTER = 5_000;
const TELL_EVERY = 200;
const LARGEST_SHOWN = 3;

type Look = Extract<BuildEffect, { do: 'look-at-context' }>;

/** Gives the function that looks at the folder in a build's form; a new look ends the one before. */
export function contextLooker(
  store: ProgramStore,
  living: AbortSignal,
): (what: Look, startIn: string) => Promise<void> {
  let last = new AbortController();
  return async (what, startIn) => {
    last.abort();
    last = new AbortController();
    const signal = AbortSignal.any([living, last.signal]);
    if (what.folder === '') return store.dispatch({ type: 'context-look-changed', look: null });
    await wait(SETTLED_AFTER, signal);
    if (!signal.aborted) await look(store, what, startIn, signal);
  };
}

async function look(store: ProgramStore, what: Look, startIn: string, signal: AbortSignal): Promise<void> {
  const enough = AbortSignal.timeout(GIVE_UP_AFTER);
  const either = AbortSignal.any([signal, enough]);
  try {
    const context = await openContext(what, startIn);
    const count = newCount();
    let told = Date.now();
    try {
      for await (const found of walkContext(context, { signal: either, countLeftOut: true })) {
        take(count, found);
        if (Date.now() - told < TELL_EVERY) continue;
        told = Date.now();
        if (signal.aborted) return;
        store.dispatch({
          type: 'context-look-changed',
          look: { phase: 'looking', files: count.files, bytes: count.bytes },
        });
      }
    } catch (error) {
      if (!enough.aborted || error instanceof EngineError) throw error;
      count.isCut = true;
    }
    if (signal.aborted) return;
    const { folder, ignoreFile } = context;
    const facts: ContextFacts = { ...count, folder: cleanText(folder), ignoreFile: cleanText(ignoreFile) };
    store.dispatch({ type: 'context-look-changed', look: { phase: 'read', context: facts } });
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof EngineError)) throw error;
    const { message: why, advice } = error;
    store.dispatch({ type: 'context-look-changed', look: { phase: 'failed', why, advice } });
  }
}

type Count = {
  files: number;
  bytes: number;
  leftOut: { files: number; bytes: number; largest: LargeThing[] };
  largest: LargeThing[];
  unsendable: string[];
  isCut: boolean;
};

const newCount = (): Count => ({
  files: 0,
  bytes: 0,
  leftOut: { files: 0, bytes: 0, largest: [] },
  largest: [],
  unsendable: [],
  isCut: false,
});

function take(count: Count, found: Found): void {
  if ('kept' in found) {
    const { path, entry } = found.kept;
    if (entry.type === 'folder') return;
    count.files += 1;
    count.bytes += entry.size;
    count.largest = withLarge(count.largest, { path: cleanText(path), bytes: entry.size });
    return;
  }
  const { path, by, files, bytes } = found.leftOut;
  if (by === null) {
    if (count.unsendable.length < LARGEST_SHOWN) count.unsendable.push(cleanText(path));
    return;
  }
  count.leftOut.files += files;
  count.leftOut.bytes += bytes;
  count.leftOut.largest = withLarge(count.leftOut.largest, { path: cleanText(path), bytes });
}

function withLarge(largest: LargeThing[], thing: LargeThing): LargeThing[] {
  if (largest.length === LARGEST_SHOWN && thing.bytes <= (largest.at(-1)?.bytes ?? 0)) return largest;
  return [...largest, thing].toSorted((a, b) => b.bytes - a.bytes).slice(0, LARGEST_SHOWN);
}
