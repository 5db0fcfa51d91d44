import type { Ref } from '../../engine/commands.ts';
import type { Container, Kind, Network, ObjectOf, Volume } from '../../engine/objects.ts';
import type { Row } from '../rows.ts';
import { selectTargets } from '../select-rows.ts';
import type { State } from '../state.ts';

/** The marked or selected rows of a list that could be read, with their items. */
export function targets<K extends Kind>(state: State, kind: K): { row: Row; item: ObjectOf[K] }[] {
  const found: { row: Row; item: ObjectOf[K] }[] = [];
  for (const row of selectTargets(state, kind)) {
    if (row.item.kind === kind) found.push({ row, item: row.item as ObjectOf[K] });
  }
  return found;
}

export function refOf(item: Container | Volume | Network): Ref {
  return { id: item.id, name: item.name };
}

/** “web”, “web and db”, “web, db and 3 more”. */
export function namesOf(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  if (names.length === 3) return `${names[0]}, ${names[1]} and ${names[2]}`;
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}
