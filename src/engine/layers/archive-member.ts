import type { EngineError } from '../errors.ts';
import type { Layer } from './layer.ts';

/** What a file in a saved image turned out to be, by its content: names say too little, and differ from one engine to the next. */
export type Member =
  | { what: 'layer'; layer: Omit<Layer, 'diffId'>; isCompressed: boolean }
  | { what: 'json'; value: unknown }
  /** By its full path in the archive. */
  | { what: 'link'; target: string }
  /** It began like a layer and cannot be read; matters only if the image needs it. */
  | { what: 'broken'; error: EngineError }
  | { what: 'other' };

/** By path, without a leading slash. */
export type Members = ReadonlyMap<string, Member>;

const MOST_LINKS = 8;

/** What is at a path, links followed; Docker before 25 and podman keep a layer once and link to it. */
export function memberAt(members: Members, path: string): { path: string; member: Member } | null {
  let at = path;
  for (let left = MOST_LINKS; left > 0; left--) {
    const member = members.get(at);
    if (member === undefined) return null;
    if (member.what !== 'link') return { path: at, member };
    at = member.target;
  }
  return null;
}
