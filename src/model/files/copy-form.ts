import type { EngineFamily } from '../../engine/engine.ts';
import type { Made } from '../make-command.ts';
import { copyInLine, copyOutLine } from './copy-line.ts';
import type { Source } from './files-effect.ts';
import { nameOf } from './path-parts.ts';
import { shownPath } from '../shown-path.ts';

export type CopyPurpose = { kind: 'copy-out'; source: Source } | { kind: 'copy-in'; into: Source };

export function makeCopyOut(
  { source }: CopyPurpose & { kind: 'copy-out' },
  target: string,
  tool: EngineFamily,
): Made {
  if (target === '') return { ok: false, why: `Where is ${shownPath(nameOf(source.path))} to go?` };
  const effect = { do: 'copy-out' as const, source, target, overwrite: false };
  return { ok: true, effect, line: copyOutLine(source, target, tool) };
}

export function makeCopyIn(
  { into }: CopyPurpose & { kind: 'copy-in' },
  from: string,
  tool: EngineFamily,
): Made {
  if (from === '') return { ok: false, why: `What is to be copied into ${shownPath(into.path)}?` };
  const effect = { do: 'copy-in' as const, from, into, overwrite: false };
  return { ok: true, effect, line: copyInLine(from, into, tool) };
}
