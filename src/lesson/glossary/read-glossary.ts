import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LessonProblem } from '../lesson.ts';
import { complainAbout } from '../read/parse-problems.ts';
import type { Glossary } from './glossary.ts';
import { parseGlossary } from './parse-glossary.ts';

export const GLOSSARY_FILE = 'glossary.md';

export type ReadGlossary = { glossary: Glossary; problems: LessonProblem[] };

/** The glossary that lies beside the lessons of a folder. Throws what the disk throws. */
export async function readGlossary(lessons: string): Promise<ReadGlossary> {
  const problems: LessonProblem[] = [];
  const text = await readFile(join(lessons, GLOSSARY_FILE), 'utf8');
  return { glossary: parseGlossary(text, complainAbout(GLOSSARY_FILE, problems)), problems };
}
