import type { Lesson } from './lesson.ts';
import type { LessonTest } from './read/lesson-tests.ts';

/** `{{box}}`, `{{ box }}`, `{{actual.exitCode}}`. */
const TEMPLATE = /\{\{ ?([a-zA-Z][\w.]{0,40}) ?\}\}/g;

/** The names that stand in double braces anywhere in a value, its keys too. */
export function templateNames(value: unknown): string[] {
  const names: string[] = [];
  mapTexts(value, (text) => {
    for (const [, name] of text.matchAll(TEMPLATE)) if (name !== undefined) names.push(name);
    return text;
  });
  return names;
}

/** The lesson with its variables filled in; `{{actual.…}}` and `{{other.…}}` stay, they are filled in when they are said. */
export function fillIn(lesson: Lesson, values: Readonly<Record<string, string>>): Lesson {
  const fill = (text: string): string => fillTemplates(text, values);
  const { title, intro, steps } = lesson;
  const filled = mapTexts({ title, intro, steps }, fill) as Pick<Lesson, 'title' | 'intro' | 'steps'>;
  return { ...lesson, ...(withNumbers(filled) as typeof filled) };
}

/** The same for the commands of a wrong path, and for what is then to be said. */
export function fillInTest(test: LessonTest, values: Readonly<Record<string, string>>): LessonTest {
  const fill = (text: string): string => fillTemplates(text, values);
  return { ...test, run: test.run.map(fill), says: fill(test.says) };
}

function fillTemplates(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(TEMPLATE, (template, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? template) : template,
  );
}

/** A copy in which every text has gone through `change`; lessons are plain data, nested a few levels deep. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]),
  );
}

/** A port that was written as a variable is a number from here on. */
function withNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'port' ? withHostNumber(item) : withNumbers(item),
    ]),
  );
}

function withHostNumber(port: unknown): unknown {
  if (typeof port !== 'object' || port === null || !('host' in port)) return port;
  const { host } = port;
  return typeof host === 'string' && /^\d{1,5}$/.test(host) ? { ...port, host: Number(host) } : port;
}
