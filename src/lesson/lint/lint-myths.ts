import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import { mythBlocks } from '../myths.ts';
import type { Linted, Say } from './lint-lesson.ts';

/** A myth that the lesson puts right needs the block that says so: the list of myths is made from them. */
export function lintMyths({ lesson }: Linted, say: Say): void {
  const told = mythBlocks(lesson).map(({ id }) => id);
  for (const id of lesson.myths)
    if (!told.includes(id))
      say(
        'lesson.md',
        1,
        `myths: names “${id}”, and no block “myth #${id}” puts it right${didYouMeanHint(id, told)}`,
        'warning',
      );
}
