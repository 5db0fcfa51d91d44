import { EngineError } from '../../engine/errors.ts';
import type { DataEffect } from '../../model/data/data-effect.ts';
import { say } from '../say.ts';
import { backUpVolume } from './back-up-volume.ts';
import { copyVolume } from './copy-volume.ts';
import type { OnEngine } from '../on-engine.ts';
import { restoreVolume } from './restore-volume.ts';

/** Carries data from and to volumes; sizes are measured again afterwards. */
export async function carryOutData(task: OnEngine, effect: DataEffect): Promise<void> {
  const { engine, store, signal } = task;
  try {
    await carry(task, effect);
    if (effect.do === 'back-up-volume') return;
    const sizes = await engine.volumeSizes({ signal });
    store.dispatch({ type: 'volumes-measured', sizes });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (!signal.aborted) say(store, 'bad', error.message, error.advice);
  }
}

function carry(task: OnEngine, effect: DataEffect): Promise<void> {
  switch (effect.do) {
    case 'back-up-volume':
      return backUpVolume(task, effect);
    case 'restore-volume':
      return restoreVolume(task, effect);
    case 'copy-volume':
      return copyVolume(task, effect);
  }
}
