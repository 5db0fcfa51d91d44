import { cleanText } from '../../engine/clean-text.ts';
import type { Check } from '../check.ts';
import { isThere, mentionsOf, type Mention, type Subject } from './mentions.ts';
import type { Lesson } from '../lesson.ts';
import type { Judgement } from '../verdict.ts';
import type { World } from '../world.ts';

/** What earlier steps had made and is no longer so. */
export type Missing = {
  /** For the person, with the question whether to make it again. */
  text: string;
  /** Solutions of `steps`, in order; empty where the lesson has none. */
  replay: readonly string[];
  /** Ids of the steps whose solutions make it again, in order. */
  steps: readonly string[];
  /** Still there, and would keep those solutions from running: to be removed first, where it is ours. */
  inTheWay: readonly Subject[];
};

type EndedStep = { id: string; solution: readonly string[]; checks: readonly Check[]; mentions: Mention[] };

/**
 * What is missing when a lesson is taken up again, or null. What a later step has taken away, or changed, is not
 * missed; nor is what could not be judged.
 *
 * @param steps by index of the lesson's steps
 * @param judgement of the checks with mode `now` of the steps that are over
 */
export function missing(
  lesson: Lesson,
  steps: readonly { state: 'open' | 'done' | 'skipped' }[],
  judgement: Pick<Judgement, 'verdicts'>,
  world: World,
): Missing | null {
  if (world.gone !== null) return null;
  const ended = endedSteps(lesson, steps, world);
  const lost = uniqueSubjects(ended).filter(
    (subject) => isMissed(ended, subject) && !isThere(world, subject),
  );
  const broken = brokenChecks(ended, judgement).filter(({ subjects }) => !meets(subjects, lost));
  if (lost.length === 0 && broken.length === 0) return null;
  const again = stepsToReplay(ended, lost, broken);
  const replay = again.flatMap((step) => step.solution);
  return {
    text: missingText(lost, broken, replay.length),
    replay,
    steps: again.map((step) => step.id),
    inTheWay: uniqueSubjects(again).filter((subject) => refusesASecond(subject) && isThere(world, subject)),
  };
}

function endedSteps(lesson: Lesson, steps: readonly { state: string }[], world: World): EndedStep[] {
  return lesson.steps.flatMap(({ id, solution, checks }, i) => {
    if ((steps[i]?.state ?? 'open') === 'open') return [];
    const judged = checks.filter(({ only }) => only === null || only === world.engine.family);
    return [{ id, solution, checks: judged, mentions: judged.flatMap(({ test }) => mentionsOf(test)) }];
  });
}

function uniqueSubjects(ended: readonly EndedStep[]): Subject[] {
  const all = ended.flatMap((step) => step.mentions.map(({ subject }) => subject));
  return [...new Map(all.map((subject) => [keyOf(subject), subject])).values()];
}

const keyOf = ({ kind, name }: Subject): string => `${kind} ${name}`;
const isSame = (a: Subject, b: Subject): boolean => keyOf(a) === keyOf(b);
const meets = (some: readonly Subject[], others: readonly Subject[]): boolean =>
  some.some((one) => others.some((other) => isSame(one, other)));

/** The last step that says anything about it says that it is there. */
function isMissed(ended: readonly EndedStep[], subject: Subject): boolean {
  const said = ended.flatMap((step) => step.mentions).filter((mention) => isSame(mention.subject, subject));
  return said.findLast(({ how }) => how !== 'touched')?.how === 'there';
}

type Broken = { step: EndedStep; check: Check; subjects: readonly Subject[] };

/** Checks that have to hold still and do not, unless a later step was about to change just that. */
function brokenChecks(ended: readonly EndedStep[], { verdicts }: Pick<Judgement, 'verdicts'>): Broken[] {
  return ended.flatMap((step, i) => {
    const later = ended.slice(i + 1).flatMap(({ mentions }) => mentions);
    const changed = later
      .filter(({ how, isState }) => how === 'gone' || isState)
      .map(({ subject }) => subject);
    return step.checks
      .filter(({ id, mode }) => mode === 'now' && isRefused(verdicts.get(id)?.kind))
      .map((check) => ({ step, check, subjects: mentionsOf(check.test).map(({ subject }) => subject) }))
      .filter(({ subjects }) => !meets(subjects, changed));
  });
}

const isRefused = (kind: string | undefined): boolean => kind === 'not-yet' || kind === 'mistake';

/** Of each thing, all steps that had to do with it since it was taken away last. */
function stepsToReplay(
  ended: readonly EndedStep[],
  lost: readonly Subject[],
  broken: readonly Broken[],
): EndedStep[] {
  const again = new Set(broken.map(({ step }) => step));
  for (const subject of [...lost, ...broken.flatMap(({ subjects }) => subjects)]) {
    const about = ended.filter((step) => step.mentions.some((m) => isSame(m.subject, subject)));
    const last = about.findLastIndex((step) =>
      step.mentions.every((m) => !isSame(m.subject, subject) || m.how === 'gone'),
    );
    for (const step of about.slice(last + 1)) again.add(step);
  }
  return ended.filter((step) => again.has(step));
}

/** A volume may be made twice and an image built anew; a name of these is taken. */
function refusesASecond({ kind }: Subject): boolean {
  return kind === 'container' || kind === 'network';
}

const WORDS = { container: 'box', image: 'image', volume: 'volume', network: 'network' } as const;

function missingText(lost: readonly Subject[], broken: readonly Broken[], commands: number): string {
  const things = lost.map(({ kind, name }) => `your ${WORDS[kind]} "${cleanText(name)}"`);
  const gone = things.length === 0 ? '' : `${listed(things)} ${things.length === 1 ? 'is' : 'are'} gone.`;
  const claims = broken.map(({ check }) => `No longer so: ${cleanText(check.claim)}.`);
  const said = [capital(gone), ...claims].filter((text) => text !== '').join(' ');
  if (commands === 0) return `${said} Reset the lesson to have it again.`;
  const which = commands === 1 ? 'the command' : `the ${commands} commands`;
  return `${said} Replay ${which} that made ${things.length + claims.length === 1 ? 'it' : 'them'}?`;
}

function listed(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
