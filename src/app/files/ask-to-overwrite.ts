import { shownPath } from '../../model/shown-path.ts';
import type { FilesEffect } from '../../model/files/files-effect.ts';
import { cancelOption } from '../../model/overlays.ts';
import type { ProgramStore } from '../program-store.ts';

export function askToOverwrite(store: ProgramStore, path: string, line: string, effect: FilesEffect): void {
  const choice = {
    title: 'Overwrite it?',
    body: [`${shownPath(path)} is there already.`, 'What is in it now is lost; nothing else changes.'],
    options: [cancelOption(), { label: 'Overwrite', line, outcome: { effect } }],
  };
  store.dispatch({ type: 'overlay-opened', overlay: { kind: 'choice', choice, selected: 0 } });
}
