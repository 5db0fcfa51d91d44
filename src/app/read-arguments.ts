import { parseArgs } from 'node:util';
import { didYouMeanHint } from '../engine/did-you-mean.ts';
import { SANDBOX_KINDS, type SandboxKind } from '../sandbox/kinds.ts';
import { UsageError } from '../engine/routes/usage-error.ts';

export type Arguments = {
  command:
    | 'open'
    | 'learn'
    | 'lesson'
    | 'progress'
    | 'glossary'
    | 'myths'
    | 'doctor'
    | 'ls'
    | 'layers'
    | 'sandbox'
    | 'help'
    | 'version';
  /** What follows the command. */
  rest: readonly string[];
  host: string | null;
  context: string | null;
  sandbox: boolean;
  /** The engine that the sandbox has to be; null for the first that can be had. */
  sandboxKind: SandboxKind | null;
  keep: boolean;
  yes: boolean;
  json: boolean;
  screenReader: boolean;
  /** The lesson is read again whenever one of its files changes. */
  preview: boolean;
  /** Of lessons, as `fr`; null for the one they were written in. */
  language: string | null;
  /** A set of lessons, by its id. */
  set: string | null;
  /** Limits for `layers`, as they were written. */
  minEfficiency: string | null;
  maxWaste: string | null;
};

const COMMANDS = [
  'learn',
  'lesson',
  'progress',
  'glossary',
  'myths',
  'doctor',
  'ls',
  'layers',
  'sandbox',
  'help',
] as const;
/** How many words may follow a command; the rest take none. */
const MOST_WORDS: Readonly<Partial<Record<Arguments['command'], number>>> = {
  learn: 1,
  lesson: 3,
  glossary: Infinity,
  ls: 1,
  layers: 1,
  sandbox: Infinity,
};

const FLAGS = {
  host: { type: 'string', short: 'H' },
  context: { type: 'string', short: 'c' },
  sandbox: { type: 'boolean' },
  keep: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
  'screen-reader': { type: 'boolean' },
  lang: { type: 'string' },
  set: { type: 'string' },
  'min-efficiency': { type: 'string' },
  'max-waste': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export const USAGE = `slipway: a full-screen look at a container engine

  slipway                     open it, on the engine that Docker or Podman would use
  slipway --sandbox           open it on a private engine of its own (--sandbox=podman or =inside)
  slipway learn [LESSON]      the lessons; or one, by its name or its folder
  slipway lesson ACTION       for authors: new FOLDER, lint, preview or test [FOLDER]
  slipway progress            how far you have come in the lessons
  slipway glossary [WORD]     what the words of docker mean
  slipway myths               what many believe, what is true, and the lesson that shows it
  slipway doctor              what there is to work with: engines, rights, terminal
  slipway ls [KIND]           containers (or images, volumes, networks), as text
  slipway layers IMAGE        what an image is made of, and what of it is wasted, as text
  slipway sandbox ACTION      status, stop or reset of the private engine

  -H, --host URL       unix:///path, tcp://host:port, ssh://user@host, npipe:////./pipe/name
  -c, --context NAME   a context of the docker command
      --keep           the sandbox stays when the last Slipway ends
  -y, --yes            says yes to what is offered: installing an engine, starting a sandbox
      --json           for doctor, ls, layers, sandbox, progress, glossary and myths
      --min-efficiency N   for layers: ends with 4 below it; 0.9 or 90%
      --max-waste SIZE     for layers: ends with 4 above it; 20MB or 5%
      --set SET        for learn and progress: 45min, 90min or day
      --lang CODE      the language of lessons, where there is a translation
      --screen-reader  plain text without boxes, for a screen reader
  -h, --help           this
  -v, --version        the version

Ends with 0 when all is well, 1 when the engine or the machine said no, 2 when used wrongly,
4 when a limit was not met; less than 1 MB wasted never fails one that is a share.

Settings, keys among them: ~/.config/slipway/config.json
`;

/** Throws `UsageError` for what it does not know, with what may have been meant. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: FLAGS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option') checkFlag(token);
  const [word, ...rest] = positionals;
  const command = values.help === true ? 'help' : values.version === true ? 'version' : commandOf(word);
  const tooMany = rest[MOST_WORDS[command] ?? 0];
  if (tooMany !== undefined)
    throw new UsageError(tooMany, `${tooMany} is one word too many.`, ['slipway --help says what there is.']);
  const limit = tokens.find((token) => token.kind === 'option' && LIMITS.has(token.name));
  if (limit?.kind === 'option' && !['layers', 'help', 'version'].includes(command))
    throw new UsageError(limit.rawName, `${limit.rawName} is for slipway layers alone.`, [
      'slipway --help says which flag is for what.',
    ]);
  if (values.set !== undefined && !['learn', 'progress', 'help', 'version'].includes(command))
    throw new UsageError('--set', '--set is for slipway learn and slipway progress.', [
      'slipway --help says which flag is for what.',
    ]);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    command,
    rest,
    host: text(values.host),
    context: text(values.context),
    sandbox: values.sandbox !== undefined,
    sandboxKind: SANDBOX_KINDS.find((kind) => kind === text(values.sandbox)) ?? null,
    keep: values.keep === true,
    yes: values.yes === true,
    json: values.json === true,
    screenReader: values['screen-reader'] === true,
    preview: false,
    language: text(values.lang),
    set: text(values.set),
    minEfficiency: text(values['min-efficiency']),
    maxWaste: text(values['max-waste']),
  };
}

/** Held against one image: no other command has anything to hold them against. */
const LIMITS: ReadonlySet<string> = new Set(['min-efficiency', 'max-waste']);

type OptionToken = { name: string; rawName: string; value?: string | undefined };

function checkFlag({ name, rawName, value }: OptionToken): void {
  const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name as keyof typeof FLAGS] : undefined;
  if (flag === undefined) {
    const known = Object.keys(FLAGS).map((f) => `--${f}`);
    throw new UsageError(rawName, `${rawName}: slipway has no such flag${didYouMeanHint(rawName, known)}`, [
      'slipway --help lists them.',
    ]);
  }
  if (flag.type === 'string' && value === undefined)
    throw new UsageError(rawName, `${rawName} needs a value.`, ['slipway --help says which.']);
  if (name === 'sandbox' && value !== undefined) return checkKind(rawName, value);
  if (flag.type === 'boolean' && value !== undefined)
    throw new UsageError(rawName, `${rawName} takes no value.`, ['slipway --help lists the flags.']);
}

function checkKind(rawName: string, value: string): void {
  if (SANDBOX_KINDS.some((kind) => kind === value)) return;
  throw new UsageError(
    `${rawName}=${value}`,
    `${rawName}=${value}: there is no such sandbox${didYouMeanHint(value, SANDBOX_KINDS)}`,
    [`There is ${SANDBOX_KINDS.map((kind) => `${rawName}=${kind}`).join(', ')}.`],
  );
}

function commandOf(word: string | undefined): Arguments['command'] {
  if (word === undefined) return 'open';
  const known = COMMANDS.find((c) => c === word);
  if (known !== undefined) return known;
  throw new UsageError(word, `${word}: slipway has no such command${didYouMeanHint(word, COMMANDS)}`, [
    'slipway --help lists them.',
  ]);
}
