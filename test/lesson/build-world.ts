import type { Check, Claim, Otherwise, Test } from '../../src/lesson/check.ts';
import type { JudgeMemory, Verdict } from '../../src/lesson/verdict.ts';
import { NOTHING_JUDGED } from '../../src/lesson/verdict.ts';
import { judge } from '../../src/lesson/judge/judge.ts';
import {
  factKey,
  type ContainerFacts,
  type Fact,
  type FactValue,
  type FactWanted,
  type ImageFacts,
  type NetworkFacts,
  type VolumeFacts,
  type World,
} from '../../src/lesson/world.ts';

/** When the step began; the lesson began a minute before, and worlds are taken ten seconds after. */
export const STEP = Date.UTC(2026, 0, 2, 12);
export const LESSON = STEP - 60_000;
export const NOW = STEP + 10_000;

export function aWorld(more: Partial<World> = {}): World {
  return {
    at: NOW,
    engine: { family: 'docker', version: '20.10.24', rootless: false, features: new Set(['swarm']) },
    gone: null,
    containers: [],
    images: [],
    volumes: [],
    networks: [],
    events: [],
    registry: null,
    typed: [],
    calls: [{ at: STEP, method: 'GET', path: '/_ping', status: 200 }],
    began: { lesson: LESSON, step: STEP },
    facts: new Map(),
    elsewhere: null,
    ...more,
  };
}

/** A running one of the learner's, made in this step. */
export function aContainer(name: string, more: Partial<ContainerFacts> = {}): ContainerFacts {
  return {
    ours: true,
    id: idFor(name),
    name,
    image: 'tiny:1',
    imageId: `sha256:${idFor('tiny:1')}`,
    state: 'running',
    createdAt: STEP + 1500,
    exitCode: 0,
    oomKilled: false,
    restartCount: 0,
    health: '',
    command: ['sleep', '1d'],
    env: {},
    labels: {},
    mounts: [],
    networks: ['bridge'],
    ports: [],
    memoryLimit: 0,
    pidsLimit: 0,
    ...more,
  };
}

/** Exited, with this code. */
export function anEnded(name: string, exitCode: number, more: Partial<ContainerFacts> = {}): ContainerFacts {
  return aContainer(name, { state: 'exited', exitCode, ...more });
}

/** One that was there before the lesson. */
export function anImage(tag: string, more: Partial<ImageFacts> = {}): ImageFacts {
  return {
    ours: false,
    id: `sha256:${idFor(tag)}`,
    tags: tag === '' ? [] : [tag],
    createdAt: LESSON - 86_400_000,
    size: 2_000_000,
    labels: {},
    layers: ['sha256:a'],
    command: ['sh'],
    env: {},
    ...more,
  };
}

export function aVolume(name: string, more: Partial<VolumeFacts> = {}): VolumeFacts {
  return { ours: true, name, driver: 'local', anonymous: false, labels: {}, createdAt: STEP + 1500, ...more };
}

export function aNetwork(name: string, more: Partial<NetworkFacts> = {}): NetworkFacts {
  return {
    ours: true,
    id: idFor(name),
    name,
    driver: 'bridge',
    internal: false,
    labels: {},
    createdAt: STEP + 1500,
    members: [],
    ...more,
  };
}

export function knownFacts(...answers: readonly (readonly [FactWanted, FactValue])[]): Map<string, Fact> {
  return new Map(answers.map(([wanted, value]) => [factKey(wanted), { known: true, value }]));
}

export function unknownFact(wanted: FactWanted, why: string, advice: string): Map<string, Fact> {
  return new Map([[factKey(wanted), { known: false, why, advice }]]);
}

export function aCheck(test: Test, more: Partial<Check> = {}): Check {
  return {
    id: 'it',
    claim: 'it is so',
    needs: [],
    mode: 'ever',
    stable: 0,
    only: null,
    look: '',
    test,
    otherwise: [],
    line: 1,
    ...more,
  };
}

type OfKind<S extends Claim['subject']> = Extract<Claim, { subject: S }>['predicates'];

export function container(name: string, ...predicates: OfKind<'container'>): Claim {
  return { subject: 'container', of: { name }, predicates };
}

export function image(name: string, ...predicates: OfKind<'image'>): Claim {
  return { subject: 'image', of: { name }, predicates };
}

export function volume(name: string, ...predicates: OfKind<'volume'>): Claim {
  return { subject: 'volume', of: { name }, predicates };
}

export function network(name: string, ...predicates: OfKind<'network'>): Claim {
  return { subject: 'network', of: { name }, predicates };
}

export function engine(...predicates: OfKind<'engine'>): Claim {
  return { subject: 'engine', predicates };
}

/** The verdict on one test. */
export function verdictOn(
  test: Test,
  world: World,
  otherwise: readonly Otherwise[] = [],
  memory: JudgeMemory = NOTHING_JUDGED,
): Verdict {
  const verdict = judge([aCheck(test, { otherwise })], world, memory).verdicts.get('it');
  if (verdict === undefined) throw new Error('the check was left out');
  return verdict;
}

/** 64 hex digits that belong to a name. */
export function idFor(name: string): string {
  const digits = Buffer.from(name).toString('hex');
  return digits.padEnd(64, '0').slice(0, 64);
}
