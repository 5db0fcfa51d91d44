import { check, exactOptional, pipe, transform, union, type GenericSchema } from 'valibot';
import { CONTAINER_STATES } from '../../engine/objects.ts';
import type {
  ContainerPredicate,
  EnginePredicate,
  FileMatch,
  FilePredicate,
  ImagePredicate,
  MountMatch,
  NetworkPredicate,
  RegistryPredicate,
  ServicePredicate,
  SizeMatch,
  TextMatch,
  VolumePredicate,
} from '../check.ts';
import { FEATURES } from '../lesson.ts';
import { amount, size } from './parse-amounts.ts';
import { regexText } from './parse-regex.ts';
import {
  flag,
  listOf,
  oneOf,
  oneOrMore,
  shape,
  someOf,
  text,
  textLike,
  textMap,
  whole,
  yes,
} from './parse-shapes.ts';

/** Per subject, what can be claimed of it: the key in YAML, its shape, and the predicate that comes of it. */
type Rows<P> = Readonly<Record<string, GenericSchema<unknown, P>>>;

const HEALTHS = ['', 'none', 'starting', 'healthy', 'unhealthy'] as const;
export const containerIs = someOf({
  state: exactOptional(oneOf(CONTAINER_STATES)),
  exitCode: exactOptional(whole(0, 255)),
  oomKilled: exactOptional(flag),
  restartCount: exactOptional(whole(0, 10_000)),
  health: exactOptional(oneOf(HEALTHS)),
});

const since = exactOptional(oneOf(['step', 'lesson']), 'step');
const event = pipe(
  shape({ action: text, since }),
  transform((is) => ({ event: is })),
);
const exists = pipe(
  flag,
  transform((is) => ({ exists: is })),
);
const absent = pipe(
  yes,
  transform(() => ({ exists: false })),
);
const existence = {
  exists,
  absent,
  count: pipe(
    amount,
    transform((count) => ({ count })),
  ),
};

/** `[echo, hi]`, or a text that is cut at its blanks. */
const command = pipe(
  union(
    [
      pipe(
        text,
        transform((line) => line.split(' ').filter((word) => word !== '')),
      ),
      listOf(text, 1),
    ],
    'has to be a command, as a text or as a list of its words',
  ),
  transform((words) => ({ command: words })),
);
const env = pipe(
  textMap,
  transform((is) => ({ env: is })),
);
const labels = pipe(
  textMap,
  transform((is) => ({ labels: is })),
);
const driver = pipe(
  text,
  transform((is) => ({ driver: is })),
);

const TEXT_KEYS = {
  equals: exactOptional(text),
  contains: exactOptional(text),
  matches: exactOptional(regexText),
};
const isOne = (value: object, ...keys: string[]): boolean => keys.filter((key) => key in value).length === 1;
const textMatch = pipe(
  shape(TEXT_KEYS),
  check((is) => isOne(is, 'equals', 'contains', 'matches'), 'takes one of contains, equals, matches'),
  transform((is) => is as TextMatch),
);

const path = textLike(/^\/[^\0]*$/, 'a path from the root, such as /note');
const file = pipe(
  shape({ path, ...TEXT_KEYS, exists: exactOptional(flag) }),
  check(
    (is) => isOne(is, 'equals', 'contains', 'matches', 'exists') || Object.keys(is).length === 1,
    'takes one of contains, equals, matches, exists',
  ),
  transform((is) => ({ file: (Object.keys(is).length === 1 ? { ...is, exists: true } : is) as FileMatch })),
);

const mount = someOf({
  type: exactOptional(oneOf(['volume', 'bind', 'tmpfs'])),
  source: exactOptional(text),
  destination: exactOptional(path),
  writable: exactOptional(flag),
  anonymous: exactOptional(flag),
});

/** A number, or a variable that will be one. */
const hostPort = union(
  [whole(1, 65_535), textLike(/^\{\{\w+\}\}$/, 'a port, or a variable such as "{{port}}"')],
  'has to be a port from 1 to 65535, or a variable such as "{{port}}"',
);

const diff = union(
  [
    pipe(
      oneOf(['empty']),
      transform(() => ({ diff: { empty: true } })),
    ),
    pipe(
      someOf({ added: exactOptional(path), changed: exactOptional(path), deleted: exactOptional(path) }),
      transform((is) => ({ diff: is })),
    ),
  ],
  'has to be `empty`, or a map with added, changed, deleted and a path such as /note',
);

const CONTAINER: Rows<ContainerPredicate> = {
  ...existence,
  is: pipe(
    containerIs,
    transform((is) => ({ is })),
  ),
  image: pipe(
    text,
    transform((image) => ({ image })),
  ),
  sameImageAs: pipe(
    oneOrMore(text),
    transform((sameImageAs) => ({ sameImageAs })),
  ),
  command,
  env,
  labels,
  mounts: pipe(
    mount,
    transform((mounts: MountMatch) => ({ mounts })),
  ),
  noMount: pipe(
    mount,
    transform((noMount: MountMatch) => ({ noMount })),
  ),
  networks: pipe(
    oneOrMore(text),
    transform((networks) => ({ networks })),
  ),
  port: pipe(
    shape({ container: whole(1, 65_535), host: exactOptional(hostPort), published: exactOptional(flag) }),
    transform((port) => ({ port })),
  ),
  limits: pipe(
    someOf({ memory: exactOptional(size), pids: exactOptional(whole(1, 100_000)) }),
    transform((limits) => ({ limits })),
  ),
  diff,
  file,
  logs: pipe(
    textMatch,
    transform((logs) => ({ logs })),
  ),
  event,
};

const sizeMatch = pipe(
  shape({
    than: text,
    bigger: exactOptional(size),
    smaller: exactOptional(size),
    within: exactOptional(size),
  }),
  check((is) => isOne(is, 'bigger', 'smaller', 'within'), 'takes one of bigger, smaller, within'),
  transform((is) => ({ size: is as SizeMatch })),
);

const IMAGE: Rows<ImagePredicate> = {
  ...existence,
  sameLayers: pipe(
    shape({ as: text, first: exactOptional(whole(1, 200)) }),
    transform((sameLayers) => ({ sameLayers })),
  ),
  layersMore: pipe(
    shape({ than: text, by: whole(0, 200) }),
    transform((layersMore) => ({ layersMore })),
  ),
  size: sizeMatch,
  history: pipe(
    shape({ has: text }),
    transform((history) => ({ history })),
  ),
  tagged: pipe(
    text,
    transform((tagged) => ({ tagged })),
  ),
  digest: pipe(
    shape({ sameAs: text }),
    transform((digest) => ({ digest })),
  ),
  command,
  env,
  labels,
  event,
};

const VOLUME: Rows<VolumePredicate> = {
  ...existence,
  driver,
  labels,
  users: pipe(
    amount,
    transform((users) => ({ users })),
  ),
  usedBy: pipe(
    text,
    transform((usedBy) => ({ usedBy })),
  ),
  file,
  event,
};

const NETWORK: Rows<NetworkPredicate> = {
  ...existence,
  driver,
  internal: pipe(
    flag,
    transform((internal) => ({ internal })),
  ),
  members: pipe(
    oneOrMore(text),
    transform((members) => ({ members })),
  ),
};

const UPDATE_STATES = [
  'updating',
  'paused',
  'completed',
  'rollback_started',
  'rollback_paused',
  'rollback_completed',
] as const;

const SERVICE: Rows<ServicePredicate> = {
  exists,
  absent,
  replicas: pipe(
    someOf({ wanted: exactOptional(whole(0, 1000)), running: exactOptional(whole(0, 1000)) }),
    transform((replicas) => ({ replicas })),
  ),
  command,
  failed: pipe(
    amount,
    transform((failed) => ({ failed })),
  ),
  update: pipe(
    oneOf(UPDATE_STATES),
    transform((update) => ({ update })),
  ),
};

const REGISTRY: Rows<RegistryPredicate> = {
  answers: pipe(
    flag,
    transform((answers) => ({ answers })),
  ),
  repository: pipe(
    text,
    transform((repository) => ({ repository })),
  ),
  tag: pipe(
    shape({ of: text, is: text }),
    transform((tag) => ({ tag })),
  ),
  digest: pipe(
    shape({ of: text, sameAs: text }),
    transform((digest) => ({ digest })),
  ),
  event: pipe(
    shape({ action: oneOf(['push', 'pull', 'delete']), repository: text, since }),
    transform((is) => ({ event: is })),
  ),
};

const hostText = (key: 'equals' | 'contains', of: GenericSchema<unknown, string> = text) =>
  pipe(
    of,
    transform((is): FilePredicate => ({ text: { [key]: is } as TextMatch })),
  );
const FILE: Rows<FilePredicate> = {
  exists,
  absent,
  contains: hostText('contains'),
  equals: hostText('equals'),
  matches: pipe(
    regexText,
    transform((matches) => ({ text: { matches } })),
  ),
};

const ENGINE: Rows<EnginePredicate> = {
  family: pipe(
    oneOf(['docker', 'podman']),
    transform((family) => ({ family })),
  ),
  rootless: pipe(
    flag,
    transform((rootless) => ({ rootless })),
  ),
  feature: pipe(
    oneOf(FEATURES),
    transform((feature) => ({ feature })),
  ),
  event: pipe(
    shape({ kind: oneOf(['container', 'image', 'volume', 'network']), action: text, since }),
    transform((is) => ({ event: is })),
  ),
  called: pipe(
    shape({
      method: oneOf(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']),
      path: textLike(
        /^\/(?!v\d)[^?\s]*$/,
        'a path such as /containers/*/start, without the version and what follows a ?',
      ),
      status: exactOptional(whole(100, 599)),
      since,
    }),
    transform((called) => ({ called })),
  ),
  typed: pipe(
    shape({ line: regexText, code: exactOptional(whole(0, 255)) }),
    transform((typed) => ({ typed })),
  ),
};

/**
 * The key that names the subject, in the order in which it is looked for: `image` and `file` are also predicates of
 * other subjects.
 */
export const PREDICATES = {
  container: CONTAINER,
  volume: VOLUME,
  network: NETWORK,
  service: SERVICE,
  registry: REGISTRY,
  engine: ENGINE,
  image: IMAGE,
  file: FILE,
} as const;

export type Subject = keyof typeof PREDICATES;
export const SUBJECTS = Object.keys(PREDICATES) as Subject[];
