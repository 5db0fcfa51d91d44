import type { Engine } from '../../engine/engine.ts';
import type { FilesEffect } from '../../model/files/files-effect.ts';
import type { ProgramStore } from '../program-store.ts';
import { copyIn } from './copy-in.ts';
import { copyOut } from './copy-out.ts';
import { openFile } from './open-file.ts';

export type FileTask = { engine: Engine; store: ProgramStore; signal: AbortSignal };

/** What keys of the Files tab lead to outside the state. */
export function carryOutFiles(
  engine: Engine,
  store: ProgramStore,
  signal: AbortSignal,
  effect: FilesEffect,
): Promise<void> {
  const task: FileTask = { engine, store, signal };
  switch (effect.do) {
    case 'open-file':
      return openFile(task, effect.source);
    case 'copy-out':
      return copyOut(task, effect);
    case 'copy-in':
      return copyIn(task, effect);
  }
}
