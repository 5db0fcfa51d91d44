import { expect, test } from 'vitest';
import { CONTAINER_STATES } from '../../../src/engine/objects.ts';
import type {
  Check,
  Claim,
  ContainerPredicate,
  Filter,
  ImagePredicate,
  Mismatch,
  Otherwise,
  Test,
  VolumePredicate,
} from '../../../src/lesson/check.ts';
import { judge } from '../../../src/lesson/judge/judge.ts';
import { NOTHING_JUDGED, type JudgeMemory, type Verdict } from '../../../src/lesson/verdict.ts';
import { factKey, type Fact, type FactWanted, type World } from '../../../src/lesson/world.ts';
import { LESSON, NOW, STEP, aCheck, aContainer, aNetwork, aVolume, aWorld, anImage } from '../build-world.ts';
import { seededRandom } from '../seeded-random.ts';

/** Characters that no text of ours may hold: controls, and what turns the direction of writing. */
const HARMFUL = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

const NASTY = [
  '\x1b]0;title\x07',
  'a\nb\tc',
  '\u202eevil',
  'x'.repeat(3000),
  '__proto__',
  'constructor',
  '\ud800',
  '{{other.name}}',
  '',
  '(a+)+$',
  '[',
  '*',
  '🐳'.repeat(400),
];

/** Worlds and checks of few names, so that they often meet. */
class Dice {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  below(count: number): number {
    return Math.floor(this.random() * count);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  one<T>(options: readonly T[]): T {
    const option = options[this.below(options.length)];
    if (option === undefined) throw new Error('there is nothing to choose from');
    return option;
  }

  some<T>(make: () => T, most: number): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  word(): string {
    return this.chance(0.15) ? this.one(NASTY) : this.one(['keep', 'kepe', 'web', 'notes', 'lan']);
  }

  imageName(): string {
    return this.chance(0.1) ? this.word() : this.one(['tiny:1', 'tiny', 'snap:1']);
  }

  time(): number {
    return this.one([LESSON - 1, LESSON + 1, STEP - 1000, STEP, STEP + 1500, NOW]);
  }

  pairs(): Record<string, string> {
    return Object.fromEntries(this.some(() => [this.word(), this.word()], 2));
  }
}

const since = (dice: Dice) => dice.one(['step', 'lesson'] as const);
const text = (dice: Dice) =>
  dice.one([{ equals: dice.word() }, { contains: dice.word() }, { matches: dice.word() }] as const);
const amount = (dice: Dice) =>
  dice.one([{ exactly: dice.below(3) }, { least: dice.below(3) }, { most: dice.below(3) }] as const);
const event = (dice: Dice) => ({
  action: dice.one(['start', 'die', 'restart', dice.word()]),
  since: since(dice),
});
const file = (dice: Dice) => ({ path: '/note', ...dice.one([text(dice), { exists: dice.chance(0.5) }]) });

function filter(dice: Dice): Filter {
  return {
    ...(dice.chance(0.5) ? { name: dice.one(['k*', '*', dice.word()]) } : {}),
    ...(dice.chance(0.3) ? { image: dice.imageName() } : {}),
    ...(dice.chance(0.3) ? { state: dice.one(['running', 'stopped', dice.word()]) } : {}),
    ...(dice.chance(0.1) ? { label: dice.pairs() } : {}),
    ...(dice.chance(0.3) ? { since: since(dice) } : {}),
    ...(dice.chance(0.1) ? { anonymous: dice.chance(0.5) } : {}),
  };
}

const which = (dice: Dice) => (dice.chance(0.6) ? { name: dice.word() } : { filter: filter(dice) });

function containerPredicate(dice: Dice): ContainerPredicate {
  return dice.one<ContainerPredicate>([
    { exists: dice.chance(0.7) },
    { count: amount(dice) },
    { is: { state: dice.one(['running', 'stopped', dice.word()]) } },
    { is: { exitCode: dice.one([0, 3, 137]) } },
    { image: dice.imageName() },
    { sameImageAs: dice.some(() => dice.word(), 2) },
    { command: ['sleep', dice.word()] },
    { env: dice.pairs() },
    { mounts: { type: dice.one(['volume', 'bind', 'tmpfs'] as const), source: dice.word() } },
    { noMount: { destination: '/vol' } },
    { networks: [dice.word()] },
    { port: { container: 80, published: dice.chance(0.5) } },
    { limits: { memory: dice.below(3) } },
    { diff: dice.one([{ added: '/note' }, { empty: true }, {}]) },
    { file: file(dice) },
    { logs: text(dice) },
    { event: event(dice) },
  ]);
}

function imagePredicate(dice: Dice): ImagePredicate {
  return dice.one<ImagePredicate>([
    { exists: dice.chance(0.7) },
    { sameLayers: { as: dice.imageName(), first: dice.below(3) } },
    { layersMore: { than: dice.imageName(), by: dice.below(2) } },
    { size: { than: dice.imageName(), bigger: dice.below(3) } },
    { history: { has: dice.word() } },
    { tagged: dice.imageName() },
    { digest: { sameAs: dice.imageName() } },
    { labels: dice.pairs() },
    { event: event(dice) },
  ]);
}

function volumePredicate(dice: Dice): VolumePredicate {
  return dice.one<VolumePredicate>([
    { count: amount(dice) },
    { driver: dice.word() },
    { users: amount(dice) },
    { usedBy: dice.word() },
    { file: file(dice) },
    { event: event(dice) },
  ]);
}

function claim(dice: Dice): Claim {
  const roll = dice.below(10);
  if (roll < 4)
    return {
      subject: 'container',
      of: which(dice),
      predicates: dice.some(() => containerPredicate(dice), 3),
    };
  if (roll < 6)
    return { subject: 'image', of: which(dice), predicates: dice.some(() => imagePredicate(dice), 3) };
  if (roll < 7)
    return { subject: 'volume', of: which(dice), predicates: dice.some(() => volumePredicate(dice), 2) };
  return dice.one<Claim>([
    { subject: 'network', of: which(dice), predicates: dice.some(() => ({ members: [dice.word()] }), 2) },
    { subject: 'service', of: which(dice), predicates: [{ replicas: { running: dice.below(2) } }] },
    { subject: 'registry', of: 'here:5000', predicates: [{ tag: { of: dice.word(), is: dice.word() } }] },
    {
      subject: 'registry',
      of: 'here:5000',
      predicates: [{ event: { action: 'pull', repository: dice.word(), since: since(dice) } }],
    },
    { subject: 'file', of: 'notes.txt', predicates: dice.some(() => ({ text: text(dice) }), 2) },
    { subject: 'engine', predicates: [{ event: { kind: 'container', ...event(dice) } }] },
    { subject: 'engine', predicates: [{ called: { method: 'GET', path: dice.word(), since: since(dice) } }] },
    { subject: 'engine', predicates: [{ typed: { line: dice.word() } }] },
  ]);
}

function aTest(dice: Dice, depth = 3): Test {
  if (depth === 0 || dice.chance(0.6)) return claim(dice);
  const parts = dice.some(() => aTest(dice, depth - 1), 3);
  return dice.one<Test>([
    { all: parts },
    { any: parts },
    { not: aTest(dice, depth - 1) },
    { script: { file: dice.word(), input: dice.pairs() } },
  ]);
}

function otherwise(dice: Dice): Otherwise {
  const mismatch = dice.one<Mismatch | null>([
    null,
    { actual: { state: 'exited' } },
    { other: filter(dice) },
    { typed: dice.word() },
    { test: aTest(dice, 1) },
  ]);
  return { if: mismatch, say: `${dice.word()} {{actual.image}} {{other.name}} {{actual.${dice.word()}}}` };
}

function aRandomCheck(dice: Dice, id: string): Check {
  return aCheck(aTest(dice), {
    id,
    claim: dice.word(),
    needs: dice.chance(0.2) ? [dice.one(['c0', 'c1', 'c2', dice.word()])] : [],
    mode: dice.one(['ever', 'now'] as const),
    stable: dice.one([0, 0, 0, 2000]),
    only: dice.one([null, null, 'docker', 'podman'] as const),
    otherwise: dice.some(() => otherwise(dice), 3),
  });
}

function facts(dice: Dice): Map<string, Fact> {
  const name = dice.word();
  const answers: readonly (readonly [FactWanted, Fact])[] = [
    [
      { ask: 'container-file', container: name, path: '/note' },
      { known: true, value: { file: dice.one([null, dice.word()]) } },
    ],
    [
      { ask: 'volume-file', volume: name, path: '/note' },
      { known: true, value: { file: dice.one([null, dice.word()]) } },
    ],
    [
      { ask: 'host-file', path: 'notes.txt' },
      { known: true, value: { file: dice.word() } },
    ],
    [
      { ask: 'logs', container: name },
      { known: true, value: { logs: dice.word() } },
    ],
    [
      { ask: 'changes', container: name },
      { known: true, value: { changes: [{ kind: 'added', path: dice.word() }] } },
    ],
    [
      { ask: 'history', image: dice.imageName() },
      { known: true, value: { history: [dice.word()] } },
    ],
    [
      { ask: 'digests', image: dice.imageName() },
      { known: true, value: { digests: [dice.word()] } },
    ],
    [
      { ask: 'logs', container: 'web' },
      { known: false, why: dice.word(), advice: dice.word() },
    ],
    // An answer to another question than the one that was asked.
    [
      { ask: 'history', image: 'snap:1' },
      { known: true, value: { logs: dice.word() } },
    ],
  ];
  return new Map(answers.filter(() => dice.chance(0.7)).map(([wanted, fact]) => [factKey(wanted), fact]));
}

function aRandomWorld(dice: Dice): World {
  const owned = () => ({ ours: dice.chance(0.7), createdAt: dice.time(), labels: dice.pairs() });
  const happened = () => ({
    at: dice.time(),
    kind: dice.one(['container', 'image', 'volume', 'network'] as const),
    action: dice.one(['create', 'start', 'die', dice.word()]),
    id: dice.word(),
    name: dice.word(),
  });
  return aWorld({
    engine: { ...aWorld().engine, family: dice.one(['docker', 'podman'] as const) },
    gone: dice.chance(0.05) ? { why: dice.word(), advice: dice.word() } : null,
    containers: dice.some(
      () =>
        aContainer(dice.word(), {
          ...owned(),
          image: dice.imageName(),
          state: dice.one(CONTAINER_STATES),
          exitCode: dice.one([0, 3, 137, -1, 1e21]),
          env: dice.pairs(),
          networks: dice.some(() => dice.word(), 2),
          mounts: dice.some(
            () => ({
              type: 'volume',
              name: dice.word(),
              source: dice.word(),
              target: '/vol',
              writable: dice.chance(0.5),
            }),
            2,
          ),
        }),
      4,
    ),
    images: dice.some(
      () =>
        anImage(dice.imageName(), {
          ...owned(),
          layers: dice.some(() => dice.one(['a', 'b']), 2),
          size: dice.below(4),
        }),
      3,
    ),
    volumes: dice.some(() => aVolume(dice.word(), owned()), 3),
    networks: dice.some(
      () => aNetwork(dice.word(), { ...owned(), members: dice.some(() => dice.word(), 2) }),
      2,
    ),
    events: dice.some(happened, 5),
    typed: dice.some(() => ({ line: dice.word(), code: dice.one([0, 1, null]), at: dice.time() }), 3),
    calls: dice.some(() => ({ at: dice.time(), method: 'GET', path: dice.word(), status: 200 }), 3),
    facts: facts(dice),
  });
}

function memoryOf(dice: Dice): JudgeMemory {
  return {
    passed: new Map(dice.chance(0.2) ? [['c1', 1]] : []),
    holding: new Map(dice.chance(0.2) ? [['c0', NOW - 5000]] : []),
  };
}

const texts = (verdict: Verdict): string[] =>
  Object.entries(verdict).flatMap(([key, value]) =>
    key !== 'kind' && typeof value === 'string' ? [value] : [],
  );

/** What is longer than it may be. */
const tooLong = (verdict: Verdict): string[] =>
  Object.entries(verdict).flatMap(([key, value]) =>
    typeof value === 'string' && value.length > (key === 'say' ? 600 : 200) ? [key] : [],
  );

/** Verdict on the parts alone, with nothing remembered. */
const passes = (part: Test, world: World): boolean =>
  judge([aCheck(part)], world, NOTHING_JUDGED).verdicts.get('it')?.kind === 'pass';

/** Each claim by itself, as far as it stands by itself. */
function partsHold(whole: Test, world: World): boolean {
  if ('all' in whole) return whole.all.length > 0 && whole.all.every((part) => partsHold(part, world));
  if ('any' in whole) return whole.any.some((part) => partsHold(part, world));
  if ('not' in whole) return !passes(whole.not, world);
  if (!('subject' in whole) || !('predicates' in whole)) return passes(whole, world);
  const isOfFilter = 'of' in whole && typeof whole.of === 'object' && 'filter' in whole.of;
  if (isOfFilter) return passes(whole, world);
  return whole.predicates.every((predicate) => passes({ ...whole, predicates: [predicate] } as Claim, world));
}

test('whatever is asked of whatever world gets a clean, bounded and repeatable verdict; only what holds passes', () => {
  const kinds = new Map<string, number>();
  for (let seed = 0; seed < 2000; seed += 1) {
    const dice = new Dice(seed);
    const world = aRandomWorld(dice);
    const checks = ['c0', 'c1', 'c2'].map((id) => aRandomCheck(dice, id));
    const memory = memoryOf(dice);
    const judgement = judge(checks, world, memory);
    expect(judge(structuredClone(checks), world, memory)).toEqual(judgement);
    for (const check of checks) {
      const verdict = judgement.verdicts.get(check.id);
      const isLeftOut = check.only !== null && check.only !== world.engine.family;
      expect([seed, check.id, verdict === undefined]).toEqual([seed, check.id, isLeftOut]);
      if (verdict === undefined) continue;
      kinds.set(verdict.kind, (kinds.get(verdict.kind) ?? 0) + 1);
      expect(tooLong(verdict)).toEqual([]);
      for (const said of texts(verdict)) {
        expect([seed, said, HARMFUL.test(said), said.isWellFormed()]).toEqual([seed, said, false, true]);
      }
      const isRemembered = check.mode === 'ever' && memory.passed.has(check.id);
      if (verdict.kind === 'pass' && !isRemembered)
        expect([seed, check.id, partsHold(check.test, world)]).toEqual([seed, check.id, true]);
    }
  }
  // The dice are worth nothing where they always fall on the same side.
  for (const kind of ['pass', 'not-yet', 'mistake', 'blocked']) expect(kinds.get(kind)).toBeGreaterThan(150);
});
