import { openBuildForm } from '../build/build-keys.ts';
import { isBuilding } from '../build/is-building.ts';
import type { Action } from './action.ts';
import { openOverlay } from './open-overlay.ts';

export const BUILD_ACTION: Action = {
  id: 'build',
  title: 'Build an image',
  keys: ['B'],
  scope: 'everywhere',
  perform: (state) =>
    isBuilding(state.build) ? openOverlay({ kind: 'build', scroll: null }) : openBuildForm(state),
};
