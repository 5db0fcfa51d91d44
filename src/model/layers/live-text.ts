import { humanSize } from '../../engine/human-size.ts';
import { CHANGES_KEPT, totalChanges, type LiveChanges } from './live-changes.ts';

/** `+3 ~1 -0`: added, changed, removed. */
export function countsText({ counts, failed }: LiveChanges): string {
  if (failed !== '') return 'cannot be read';
  const { added, changed, deleted } = counts;
  return added + changed + deleted === 0 ? 'nothing yet' : `+${added} ~${changed} -${deleted}`;
}

/** What becomes of it: the point of the whole picture. */
export const OWN_LAYER_FATE = 'This goes when the container is removed; restart keeps it.';

/** The line below the list of changes. */
export function liveStatus(live: LiveChanges): string {
  if (live.failed !== '') return live.failed;
  const more = totalChanges(live) - live.list.length;
  const parts = [`${countsText(live)}, ${humanSize(live.bytes)}`];
  if (live.unmeasured > 0) parts.push(`${live.unmeasured.toLocaleString('en-US')} not measured`);
  if (more > 0)
    parts.push(
      `the first ${CHANGES_KEPT.toLocaleString('en-US')} shown, ${more.toLocaleString('en-US')} more`,
    );
  return parts.join(' · ');
}
