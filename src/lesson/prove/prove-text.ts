import type { EngineFamily } from '../../engine/engine.ts';

/** What was found when a lesson was played on one engine, by its own solutions and by its wrong paths. */
export type Proof = {
  lesson: string;
  engine: { family: EngineFamily; version: string };
  /** Why it was not played here, which is no fault; empty when it was. */
  notHere: string;
  lines: readonly ProofLine[];
  ok: boolean;
};

/** A step, or a wrong path: what was tried of it, in order. */
export type ProofLine = { label: string; parts: readonly ProofPart[] };

export type ProofPart = {
  /** `check expecting PASS`. */
  what: string;
  ok: boolean;
  /** What was expected, what was there, what a command said; empty when all is well. */
  details: readonly string[];
};

export function isProofOk({ lines }: Pick<Proof, 'lines'>): boolean {
  return lines.every(({ parts }) => parts.every(({ ok }) => ok));
}

export function proofText(proof: Proof): string {
  const { lesson, engine, notHere, lines, ok } = proof;
  const head = `${lesson} on ${engine.family} ${engine.version}`;
  if (notHere !== '') return `${head}: not for this engine. ${notHere}`;
  const failed = lines.flatMap(({ parts }) => parts).filter((part) => !part.ok).length;
  const end = ok ? `${head}: ok` : `${head}: ${failed} FAILED`;
  return [...lines.map((line) => proofLine(lesson, line)), end].join('\n');
}

/** `thin-layer … step note            setup ok · check expecting NOT-YET ok · solve ok · …`, details below it. */
export function proofLine(lesson: string, { label, parts }: ProofLine): string {
  const words = parts.map(({ what, ok }) => `${what} ${ok ? 'ok' : 'FAILED'}`);
  const details = parts.flatMap((part) => part.details.map((detail) => `      ${detail}`));
  return [`${lesson} … ${label.padEnd(24)} ${words.join(' · ')}`, ...details].join('\n');
}
