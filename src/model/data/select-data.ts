import { memoizeLast } from '../memoize.ts';
import { selectRow } from '../select-rows.ts';
import { shownTab } from '../select-subjects.ts';
import { selectUsedBy } from '../select-usage.ts';
import type { State } from '../state.ts';

const NONE: readonly string[] = [];
const oneSubject = memoizeLast((key: string): readonly string[] => [key]);
const oneSurvey = memoizeLast((key: string): readonly string[] => [key]);

/** `kind id revision` of what the Mounts tab shows: asked once, and again when it starts, ends, or has other users. */
export function selectMountsSubject(state: State): readonly string[] {
  const item = selectRow(state, state.subject)?.item;
  if (shownTab(state) !== 'mounts') return NONE;
  if (item?.kind === 'container') return oneSubject(`container ${item.id} ${item.state}-${item.since ?? ''}`);
  if (item?.kind !== 'volume') return NONE;
  const users = selectUsedBy(state).volumes.get(item.name) ?? [];
  return oneSubject(`volume ${item.name} ${users.map((c) => `${c.id}-${c.state}`).join()}`);
}

/** A key while an overlay shows what is measured; another one once a command has ended, which may have changed it. */
export function selectSurvey(state: State): readonly string[] {
  if (state.engine === null || state.engine.lost !== null) return NONE;
  const isOpen = state.overlays.some((o) => o.kind === 'places' || o.kind === 'disk-usage');
  const ended = state.commands.filter((c) => c.endedAt !== null).length;
  return isOpen ? oneSurvey(`survey ${ended}`) : NONE;
}
