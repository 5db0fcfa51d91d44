import type { Check, Claim, Otherwise, Test } from '../../src/lesson/check.ts';

/** A check with nothing but its test, and what is said when it does not hold. */
export function check(test: Test, otherwise: readonly Otherwise[] = []): Check {
  return {
    id: 'check',
    claim: 'it is so',
    needs: [],
    mode: 'ever',
    stable: 0,
    only: null,
    look: '',
    test,
    otherwise,
    line: 1,
  };
}

export type ContainerClaim = Extract<Claim, { subject: 'container' }>;
export type ImageClaim = Extract<Claim, { subject: 'image' }>;
export type VolumeClaim = Extract<Claim, { subject: 'volume' }>;

export function ofContainer(name: string, ...predicates: ContainerClaim['predicates']): ContainerClaim {
  return { subject: 'container', of: { name }, predicates };
}

export function ofImage(name: string, ...predicates: ImageClaim['predicates']): ImageClaim {
  return { subject: 'image', of: { name }, predicates };
}

export function ofVolume(name: string, ...predicates: VolumeClaim['predicates']): VolumeClaim {
  return { subject: 'volume', of: { name }, predicates };
}
