import type { FilesEffect } from '../../model/files/files-effect.ts';
import type { OnEngine } from '../on-engine.ts';
import { copyIn } from './copy-in.ts';
import { copyOut } from './copy-out.ts';
import { openFile } from './open-file.ts';

/** What keys of the Files tab lead to outside the state. */
export function carryOutFiles(task: OnEngine, effect: FilesEffect): Promise<void> {
  switch (effect.do) {
    case 'open-file':
      return openFile(task, effect.source);
    case 'copy-out':
      return copyOut(task, effect);
    case 'copy-in':
      return copyIn(task, effect);
  }
}
