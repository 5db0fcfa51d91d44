import type { Building } from './build-state.ts';

export function isBuilding({ current }: Building): boolean {
  return current !== null && current.result === null;
}
