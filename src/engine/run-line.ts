/** `docker run …` as text that a person edits, both ways. */
import type { RunSpec } from './commands.ts';
import { didYouMeanHint } from './did-you-mean.ts';
import { formatMount, formatPort, parseEnv, parseLongMount, parseMount, parsePort } from './run-fields.ts';
import { quoteWords, splitWords, type ShellWord } from './shell-words.ts';

export type Tool = 'docker' | 'podman';
export type ParsedRunLine = { ok: true; spec: RunSpec } | { ok: false; why: string; at: number };

export const EMPTY_RUN_SPEC: RunSpec = {
  image: '',
  name: '',
  command: [],
  ports: [],
  env: [],
  mounts: [],
  network: '',
  labels: {},
  workdir: '',
  user: '',
  entrypoint: '',
  restart: '',
  autoRemove: false,
  interactive: false,
  tty: false,
};

/** A flag gives the spec with its value in it, or says why not. */
type Applied = RunSpec | string;
type Flag = { names: readonly string[] } & (
  | { takes: 'value'; apply: (spec: RunSpec, value: string) => Applied }
  | { takes: 'nothing'; apply: (spec: RunSpec, on: boolean) => Applied }
);

const FLAGS: readonly Flag[] = [
  { names: ['-d', '--detach'], takes: 'nothing', apply: detach },
  {
    names: ['-i', '--interactive'],
    takes: 'nothing',
    apply: (spec, interactive) => ({ ...spec, interactive }),
  },
  { names: ['-t', '--tty'], takes: 'nothing', apply: (spec, tty) => ({ ...spec, tty }) },
  { names: ['--rm'], takes: 'nothing', apply: (spec, autoRemove) => ({ ...spec, autoRemove }) },
  { names: ['--name'], takes: 'value', apply: named },
  { names: ['-p', '--publish'], takes: 'value', apply: published },
  { names: ['-e', '--env'], takes: 'value', apply: withEnv },
  { names: ['-v', '--volume'], takes: 'value', apply: mounted },
  { names: ['--mount'], takes: 'value', apply: mountedLong },
  { names: ['--network', '--net'], takes: 'value', apply: connected },
  { names: ['-l', '--label'], takes: 'value', apply: labelled },
  { names: ['-w', '--workdir'], takes: 'value', apply: (spec, workdir) => ({ ...spec, workdir }) },
  { names: ['-u', '--user'], takes: 'value', apply: (spec, user) => ({ ...spec, user }) },
  { names: ['--entrypoint'], takes: 'value', apply: entered },
  { names: ['--restart'], takes: 'value', apply: restarted },
];

const FLAG_OF: ReadonlyMap<string, Flag> = new Map(
  FLAGS.flatMap((flag) => flag.names.map((name): [string, Flag] => [name, flag])),
);

function detach(spec: RunSpec, on: boolean): Applied {
  return on ? spec : 'containers are started in the background here: leave -d as it is';
}

function named(spec: RunSpec, name: string): Applied {
  if (!/^[a-zA-Z0-9][\w.-]*$/.test(name))
    return `“${name}” is not a name for a container: letters, digits, _ . - and no space`;
  return { ...spec, name };
}

function published(spec: RunSpec, value: string): Applied {
  const port = parsePort(value);
  return port.ok ? { ...spec, ports: [...spec.ports, port.value] } : port.why;
}

function withEnv(spec: RunSpec, value: string): Applied {
  const env = parseEnv(value);
  return env.ok ? { ...spec, env: [...spec.env, env.value] } : env.why;
}

function mounted(spec: RunSpec, value: string): Applied {
  const mount = parseMount(value);
  return mount.ok ? { ...spec, mounts: [...spec.mounts, mount.value] } : mount.why;
}

function mountedLong(spec: RunSpec, value: string): Applied {
  const mount = parseLongMount(value);
  return mount.ok ? { ...spec, mounts: [...spec.mounts, mount.value] } : mount.why;
}

function connected(spec: RunSpec, network: string): Applied {
  if (spec.network !== '' && spec.network !== network)
    return `only one --network here: it has ${spec.network} already`;
  return { ...spec, network };
}

function labelled(spec: RunSpec, value: string): Applied {
  const [, key = '', text = ''] = /^([^=]*)=?([\s\S]*)$/.exec(value) ?? [];
  if (key === '') return `“${value}” has no key: write --label key=value`;
  return { ...spec, labels: { ...spec.labels, [key]: text } };
}

function entered(spec: RunSpec, entrypoint: string): Applied {
  if (entrypoint === '') return '--entrypoint needs a program: leave the flag out to keep that of the image';
  return { ...spec, entrypoint };
}

function restarted(spec: RunSpec, restart: string): Applied {
  if (!/^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/.test(restart))
    return `“${restart}” is not a restart policy: use no, always, unless-stopped, on-failure or on-failure:5`;
  return { ...spec, restart };
}

/**
 * Reads `docker run …` (also `podman run`, `docker container run`). As with docker itself, flags end at the image.
 * @returns on failure `why`, in words for the person, and `at`, the offset in `text` to point at
 */
export function parseRunLine(text: string): ParsedRunLine {
  const split = splitWords(text);
  if (!split.ok) return split;
  const words = afterRun(split.words);
  if (words === null) return bad('begin the line with docker run', split.words[0]?.at ?? 0);
  const end = text.trimEnd().length;
  let spec = EMPTY_RUN_SPEC;
  while (words[0]?.text.startsWith('-') === true && words[0].text !== '-') {
    const word = words.shift();
    if (word === undefined || word.text === '--') break;
    const applied = applyFlagWord(spec, word, words);
    if (typeof applied === 'string') return bad(applied, word.at);
    spec = applied;
  }
  const [image, ...command] = words;
  if (image === undefined || image.text === '')
    return bad('name an image after the flags: docker run -d tiny:1', image?.at ?? end);
  if (spec.autoRemove && spec.restart !== '' && spec.restart !== 'no')
    return bad(`--rm and --restart ${spec.restart} contradict each other: leave one out`, image.at);
  return { ok: true, spec: { ...spec, image: image.text, command: command.map((word) => word.text) } };
}

function afterRun(words: readonly ShellWord[]): ShellWord[] | null {
  const [tool, verb, sub] = words.map((word) => word.text);
  if (tool !== 'docker' && tool !== 'podman') return null;
  if (verb === 'run') return words.slice(2);
  return verb === 'container' && sub === 'run' ? words.slice(3) : null;
}

function applyFlagWord(spec: RunSpec, word: ShellWord, rest: ShellWord[]): Applied {
  return word.text.startsWith('--')
    ? applyLong(spec, word.text, rest)
    : applyShorts(spec, word.text.slice(1), rest);
}

function applyLong(spec: RunSpec, word: string, rest: ShellWord[]): Applied {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  return applyFlag(spec, name, equals < 0 ? null : word.slice(equals + 1), rest);
}

/** `-dit`, `-p8080:80`, `-p=8080:80`: letters until one takes a value, which is then the rest of the word. */
function applyShorts(spec: RunSpec, letters: string, rest: ShellWord[]): Applied {
  let applied: RunSpec = spec;
  for (let at = 0; at < letters.length; at += 1) {
    const name = `-${letters[at] ?? ''}`;
    const behind = letters.slice(at + 1);
    const takesRest = FLAG_OF.get(name)?.takes === 'value' || behind.startsWith('=');
    const value = takesRest && behind !== '' ? behind.replace(/^=/, '') : null;
    const next = applyFlag(applied, name, value, rest);
    if (typeof next === 'string' || takesRest) return next;
    applied = next;
  }
  return applied;
}

function applyFlag(spec: RunSpec, name: string, given: string | null, rest: ShellWord[]): Applied {
  const flag = FLAG_OF.get(name);
  if (flag === undefined) return `${name} is not known here${didYouMeanHint(name, longNames())}`;
  if (flag.takes === 'nothing') {
    if (given === null || /^(?:true|t|1)$/i.test(given)) return flag.apply(spec, true);
    return /^(?:false|f|0)$/i.test(given) ? flag.apply(spec, false) : `${name} takes no value`;
  }
  const value = given ?? rest.shift()?.text;
  return value === undefined ? `${name} needs a value after it` : flag.apply(spec, value);
}

function longNames(): string[] {
  return [...FLAG_OF.keys()].filter((name) => name.startsWith('--'));
}

/** The words of the line that `parseRunLine` reads back to the same spec. */
export function runWords(spec: RunSpec): string[] {
  const terminal = `${spec.interactive ? 'i' : ''}${spec.tty ? 't' : ''}`;
  return [
    'run',
    '-d',
    ...(terminal === '' ? [] : [`-${terminal}`]),
    ...valued('--name', spec.name),
    ...spec.ports.flatMap((port) => ['-p', formatPort(port)]),
    ...spec.env.flatMap((env) => ['-e', env]),
    ...spec.mounts.flatMap((mount) => formatMount(mount)),
    ...valued('--network', spec.network),
    ...Object.entries(spec.labels).flatMap(([key, value]) => ['-l', value === '' ? key : `${key}=${value}`]),
    ...valued('-w', spec.workdir),
    ...valued('-u', spec.user),
    ...valued('--entrypoint', spec.entrypoint),
    ...valued('--restart', spec.restart),
    ...(spec.autoRemove ? ['--rm'] : []),
    spec.image,
    ...spec.command,
  ];
}

function valued(name: string, value: string): string[] {
  return value === '' ? [] : [name, value];
}

export function formatRunLine(spec: RunSpec, tool: Tool): string {
  return quoteWords([tool, ...runWords(spec)]);
}

function bad(why: string, at: number): { ok: false; why: string; at: number } {
  return { ok: false, why, at };
}
