import type { EngineFamily } from '../../engine/engine.ts';
import type { ContainerState } from '../../engine/objects.ts';

/** What may happen to a container or to what it runs on, in the order in which it costs more. */
export const TRIALS = ['stop', 'restart', 'rm', 'rm -v', 'engine restart', 'host reboot'] as const;
export type Trial = (typeof TRIALS)[number];

/** `maybe`: it depends on the machine; the reason says on what. */
export type Answer = { survives: 'yes' | 'no' | 'maybe'; why: string };
export type Survival = Readonly<Record<Trial, Answer>>;

/** A place where a container has data. */
export type PlaceKind = 'writable' | 'volume' | 'anonymous' | 'bind' | 'tmpfs' | 'other';

export type PlaceAt = {
  kind: PlaceKind;
  /** Of a bind: the path on the engine's machine. */
  source: string;
  /** Names of other containers that have the same volume. */
  sharedWith: readonly string[];
};

export type Keeper = {
  family: EngineFamily;
  /** `--rm` */
  autoRemove: boolean;
  state: ContainerState;
};

const YES: Answer = { survives: 'yes', why: '' };
const ON_HOST: Answer = { survives: 'yes', why: 'it is a folder of the host' };
const no = (why: string): Answer => ({ survives: 'no', why });

/** What survives what. The tests do each of these on real engines, but for the reboot, which is derived. */
export function survival(place: PlaceAt, keeper: Keeper): Survival {
  switch (place.kind) {
    case 'tmpfs':
      return all(no('it is in memory, and goes when the container stops'));
    case 'volume':
      return all({ survives: 'yes', why: 'a volume with a name goes only when it is removed itself' });
    case 'bind':
      return {
        ...all(ON_HOST),
        'host reboot': afterBoot(place.source),
      };
    case 'other':
      return all({ survives: 'maybe', why: 'Slipway does not know this kind of mount' });
    case 'anonymous':
      if (place.sharedWith.length > 0) return { ...all(YES), 'rm -v': withVolumes(place.sharedWith) };
      return withAutoRemove({ ...all(YES), 'rm -v': withVolumes([]) }, keeper, 'anonymous');
    case 'writable': {
      const gone = no('it is part of the container');
      return withAutoRemove({ ...all(YES), rm: gone, 'rm -v': gone }, keeper, 'writable');
    }
  }
}

function all(answer: Answer): Survival {
  return Object.fromEntries(TRIALS.map((trial) => [trial, answer])) as Record<Trial, Answer>;
}

/** Engines leave a volume alone that another container has. */
function withVolumes(sharedWith: readonly string[]): Answer {
  if (sharedWith.length === 0) return no('-v takes volumes without a name along');
  return { survives: 'yes', why: `${sharedWith.join(', ')} has it too` };
}

/**
 * A container with `--rm` goes as soon as it ends, and its anonymous volumes with it. Docker takes a restart for no end,
 * and leaves the volumes when it is told to remove the container, or finds it ended when it starts (20.10). Podman
 * removes it after its end at a time of its own, also in the middle of a restart, and
 * leaves it when it did not see the end (4.3.1).
 */
function withAutoRemove(plain: Survival, keeper: Keeper, kind: 'writable' | 'anonymous'): Survival {
  if (!keeper.autoRemove) return plain;
  const gone = no('--rm: it is removed as soon as it ends');
  const isPodman = keeper.family === 'podman';
  const race: Answer = { survives: 'maybe', why: '--rm: podman may remove it first' };
  const restart = isPodman ? race : YES;
  const unsure: Answer = {
    survives: 'maybe',
    why: '--rm: some versions of podman remove it when they start',
  };
  const later = isPodman ? unsure : kind === 'writable' ? gone : YES;
  const rm = kind === 'anonymous' && isPodman ? race : plain.rm;
  return { ...plain, stop: gone, restart, rm, 'engine restart': later, 'host reboot': later };
}

const IN_MEMORY = /^\/(run|dev\/shm|var\/run)(\/|$)/;
const EMPTIED = /^\/(tmp)(\/|$)/;

function afterBoot(source: string): Answer {
  if (IN_MEMORY.test(source)) return no(`${source} is in the host’s memory`);
  if (EMPTIED.test(source)) return { survives: 'maybe', why: 'many hosts empty /tmp when they start' };
  return ON_HOST;
}
