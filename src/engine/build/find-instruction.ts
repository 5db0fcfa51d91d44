import type { StepPlace } from './build.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';

/** Instructions that are steps to BuildKit; the others only change settings. */
const MAKES_FILES = ['RUN', 'COPY', 'ADD', 'WORKDIR'];

/**
 * The instruction of the Dockerfile that a builder means with a step. Builders count differently: Docker’s classic one
 * through the whole file, podman in each stage, BuildKit in each stage and only what makes files. Null where it is not clear.
 */
export function findInstruction(file: Dockerfile, text: string, place: StepPlace): Instruction | null {
  const stage = stageNumber(file, place.stage);
  const counted = stage === null ? file.instructions : file.instructions.filter((i) => i.stage === stage);
  const word = /^\S+/.exec(text)?.[0].toUpperCase() ?? '';
  const places = [counted, counted.filter((i) => isBuildKitStep(file, i))];
  for (const list of places) {
    const found = list[place.number - 1];
    if (found?.word === word && list.length >= place.of) return found;
  }
  const alike = counted.filter((i) => plain(i.text) === plain(text));
  return alike.length === 1 ? alike[0]! : null;
}

function stageNumber({ stages }: Dockerfile, stage: StepPlace['stage']): number | null {
  if (typeof stage === 'number') return stage;
  if (stage === null) return null;
  const named = stages.findIndex(({ name }) => name === stage.toLowerCase());
  const unnamed = /^stage-(\d+)$/.exec(stage)?.[1];
  return named !== -1 ? named : unnamed === undefined ? null : Number(unnamed);
}

/** What a stage builds on is a step where it is an image, not where it is a stage before it. */
function isBuildKitStep({ stages }: Dockerfile, { word, stage }: Instruction): boolean {
  if (word !== 'FROM') return MAKES_FILES.includes(word);
  const from = stages[stage]?.from ?? '';
  return (
    from !== 'scratch' &&
    !stages.slice(0, stage).some(({ name }) => name !== '' && name === from.toLowerCase())
  );
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
