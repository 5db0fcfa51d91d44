import { didYouMeanHint } from '../../engine/did-you-mean.ts';
import { BUNDLED_IMAGES } from '../../sandbox/bundled-images.ts';
import type { Linted, Say } from './lint-lesson.ts';
import { commandsOf, lineWith } from '../read/parse-unsafe.ts';

/** What is there without a network. */
const BUNDLED = Object.keys(BUNDLED_IMAGES);

export function lintImages({ lesson, files }: Linted, say: Say): void {
  for (const image of lesson.images)
    if (!BUNDLED.includes(image))
      say(
        'lesson.md',
        1,
        `${image} is not in the offline bundle (${BUNDLED.join(', ')})${didYouMeanHint(image, BUNDLED)}`,
      );
  const commands = commandsOf(lesson, files);
  const made = new Set(commands.flatMap(({ command }) => imagesMade(command)));
  const said = new Set<string>();
  for (const { command, place } of commands)
    for (const image of imagesUsed(command)) {
      if (lesson.images.includes(image) || made.has(image) || said.has(image)) continue;
      said.add(image);
      const { file, line } = place();
      say(
        file,
        line,
        `${image} is used, but it is not in images and nothing here makes it${didYouMeanHint(image, lesson.images)}`,
      );
    }
  for (const [name, text] of Object.entries(files.dockerfiles ?? {}))
    for (const image of baseImages(text))
      if (!lesson.images.includes(image) && !made.has(image) && !said.has(image))
        say(
          `files/${name}`,
          lineWith(text, image.replace(/:latest$/, '')),
          `FROM ${image}: it is not in images, and nothing here makes it`,
        );
}

/** `run` flags that stand alone; all others take the next word. */
const ALONE =
  /^(?:-[ditPq]+|--(?:rm|detach|interactive|tty|init|privileged|read-only|publish-all|no-healthcheck|quiet|help)|--[\w-]+=.*)$/;
const RUN = /^(?:docker|podman)(?: container)? (?:run|create) (.*)$/;

/** Images that containers are made from, and those of `FROM` in a text that is written to a file. */
export function imagesUsed(command: string): string[] {
  const ofRuns = simpleCommands(command).flatMap((line) => {
    const [, rest] = RUN.exec(line) ?? [];
    const image = rest === undefined ? undefined : firstArgument(rest.split(' '));
    return image === undefined ? [] : [image];
  });
  return [...ofRuns, ...baseImages(command)].filter(isName).map(withTag);
}

function firstArgument(words: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (!word.startsWith('-')) return word;
    if (!ALONE.test(word)) i += 1;
  }
  return undefined;
}

/** Names that `build -t`, `commit`, `tag`, `import` and `load` give; pulled from the lesson's own registry counts as made. */
function imagesMade(command: string): string[] {
  return simpleCommands(command)
    .flatMap((line) => {
      const words = line.split(' ');
      const verb = words.find((word, i) => i > 0 && !['image', 'buildx', 'container'].includes(word)) ?? '';
      if (verb === 'build') return words.filter((_, i) => /^(?:-t|--tag)$/.test(words[i - 1] ?? ''));
      return ['commit', 'tag', 'import', 'pull'].includes(verb) ? words.slice(-1) : [];
    })
    .map(withTag);
}

function baseImages(text: string): string[] {
  const stages = new Set([...text.matchAll(/^\s*FROM\s.*\sAS\s+(\S+)/gim)].map(([, name]) => name));
  const bases = [...text.matchAll(/^\s*FROM\s+(?:--platform=\S+\s+)?(\S+)/gim)].map(([, name]) => name ?? '');
  return bases.filter((base) => base !== 'scratch' && !stages.has(base) && isName(base)).map(withTag);
}

/** A line cut at what divides commands, so roughly that a quoted divider may cut too much: that finds less, never more. */
function simpleCommands(command: string): string[] {
  return command
    .replaceAll('\\\n', ' ')
    .split(/\n|;|&&?|\|\|?|\$\(/)
    .map((line) => line.replace(/\s+/g, ' ').trim());
}

/** No variable of a shell or of a lesson, and nothing quoted. */
function isName(word: string): boolean {
  return /^[a-z0-9][\w./:-]*$/.test(word);
}

function withTag(name: string): string {
  return name.slice(Math.max(0, name.lastIndexOf('/'))).includes(':') ? name : `${name}:latest`;
}
