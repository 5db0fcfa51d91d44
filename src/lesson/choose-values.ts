import { createHash } from 'node:crypto';
import type { ProvidedName, Variable } from './lesson.ts';

export type Surroundings = {
  /** Names that are in use on the engine by what is not this learner's. */
  taken: ReadonlySet<string>;
  /** Of the learner: each gets other words, and the same ones again. */
  seed: string;
  isPortFree: (port: number) => Promise<boolean>;
  /** What features have brought. */
  provided: Readonly<Record<ProvidedName, string>>;
};

/** Short, friendly, hard to mistake for one another, and nothing that a shell acts on. */
const WORDS = (
  'amber anchor apple badger banjo basil beacon birch breeze bronze butter canyon cedar cherry clover cobalt comet copper ' +
  'coral cotton daisy dolphin ember falcon feather fern finch forest garnet ginger harbor hazel heron honey indigo ivory ' +
  'jasper juniper kayak kelp lagoon lantern lemon lilac lotus maple marble meadow mint mosaic nectar nutmeg oak ocean olive ' +
  'onyx opal orchid otter pebble pepper pine plum pond poppy prairie quartz quill raven reef river robin saffron sage salmon ' +
  'sandal sequoia silver sparrow spruce sunny tango teal thistle tulip turtle velvet violet walnut willow winter wren zephyr'
).split(' ');

/** What the variables of a lesson are for this learner, here and now. All values are safe in a shell line as they are. */
export async function chooseValues(
  vars: Readonly<Record<string, Variable>>,
  { taken, seed, isPortFree, provided }: Surroundings,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  const used = new Set(taken);
  for (const [name, variable] of Object.entries(vars)) {
    const value =
      'name' in variable
        ? freeName(variable.name, digits(seed, name), used)
        : 'words' in variable
          ? friendlyWords(variable.words, digits(seed, name))
          : 'pick' in variable
            ? picked(variable.pick, digits(seed, name))
            : 'port' in variable
              ? String(await freePort(variable.port, used, isPortFree))
              : provided[variable.from];
    used.add(value);
    values[name] = value;
  }
  return values;
}

/** 64 hex digits that are always the same for this learner and this variable. */
function digits(seed: string, name: string): string {
  return createHash('sha256').update(`${seed}\0${name}`).digest('hex');
}

/** `keep`, else `keep-7f`, `keep-7f3`, …; the suffix of an image stands before its tag. */
function freeName(name: string, hex: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const [base = name, tag] = name.split(':', 2);
  for (let length = 2; length <= hex.length; length += 1) {
    const tried = `${base}-${hex.slice(0, length)}${tag === undefined ? '' : `:${tag}`}`;
    if (!taken.has(tried)) return tried;
  }
  throw new Error(`no name like ${name} is free`);
}

function friendlyWords(count: number, hex: string): string {
  const left = [...WORDS];
  const chosen: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16) % left.length;
    chosen.push(...left.splice(at, 1));
  }
  return chosen.join('-');
}

function picked(options: readonly string[], hex: string): string {
  return options[Number.parseInt(hex.slice(0, 8), 16) % options.length] ?? '';
}

const PORTS_TRIED = 200;

async function freePort(
  first: number,
  taken: ReadonlySet<string>,
  isFree: Surroundings['isPortFree'],
): Promise<number> {
  const last = Math.min(65_535, first + PORTS_TRIED - 1);
  for (let port = first; port <= last; port += 1)
    if (!taken.has(String(port)) && (await isFree(port))) return port;
  throw new Error(`no port from ${first} to ${last} is free: stop what uses them, and try again`);
}
