import type { Intent } from '../intents.ts';
import { detailSize } from '../layout.ts';
import type { State } from '../state.ts';
import { selectedFile, selectFileRows } from './file-rows.ts';
import { goUp, openSelected, selectFile } from './files-actions.ts';
import { selectFiles } from './files-subject.ts';
import { filesWindow } from './see-files.ts';

/** A click selects a line, one on the selected line opens it, one on the path goes up. */
export function clickFiles(state: State, line: number): readonly Intent[] {
  if (line === 0) return goUp(state);
  const files = selectFiles(state);
  const rows = selectFileRows(files);
  const at = selectedFile(rows, files);
  const { first, count } = filesWindow(at, rows.length, detailSize(state).rows);
  const clicked = first + line - 1;
  if (line > count || clicked >= rows.length) return [];
  return clicked === at ? openSelected(state) : selectFile(state, clicked);
}
