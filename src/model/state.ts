import type { EngineAbout, EngineFamily, StatsSample } from '../engine/engine.ts';
import { KINDS, type Item, type Kind } from '../engine/objects.ts';
import { NOTHING_BUILT, type Building } from './build/build-state.ts';
import { EMPTY_CONFIG, type Config } from './config.ts';
import type { ConnectState } from './connect-state.ts';
import { NO_FILES, type Files } from './files/files-state.ts';
import type { CommandRecord } from './command-log.ts';
import type { LogState } from './log-view.ts';
import type { Flash } from './flashes.ts';
import type { OpenLayers } from './layers/layers-state.ts';
import type { Overlay } from './overlays.ts';
import type { TreeState } from './json-tree.ts';
import { NO_SHELLS, type Shells } from './shells.ts';
import { NO_DATA, type DataState } from './data/data-state.ts';
import { NO_REGISTRY, type RegistryState } from './registry/registry-state.ts';
import { NO_CALLS, type WireLog } from './wire-log.ts';
import { NOTHING_LEARNED, type Learn } from './learn-state.ts';

/** The whole state of the program: plain data, replaced and never changed in place. */
export type State = {
  size: Size;
  /** Milliseconds since the epoch, as of the last tick; texts such as “Up 2 min” are worked out from it. */
  now: number;
  connect: ConnectState;
  engine: EngineState | null;
  objects: Objects;
  lists: Readonly<Record<Kind, ListView>>;
  focus: Focus;
  /** The list that the details are about: the one that had the focus last. */
  subject: Kind;
  zoomed: boolean;
  above: Above;
  dock: Dock;
  shells: Shells;
  wire: WireLog;
  learn: Learn;
  build: Building;
  files: Files;
  tabs: Readonly<Record<Kind, Tab>>;
  log: OpenLog | null;
  tree: TreeView | null;
  data: DataState;
  registry: RegistryState;
  layers: OpenLayers | null;
  usage: ReadonlyMap<string, readonly StatsSample[]>;
  commands: readonly CommandRecord[];
  /** Rows that a command in the terminal has just touched. */
  flashes: readonly Flash[];
  own: Own;
  /** Which rows the lists show: all, what this Slipway has made, or the rest. */
  whose: Whose;
  overlays: readonly Overlay[];
  notice: Notice | null;
  mouse: boolean;
  config: Config;
};

/** What was made from here: through the wire, which puts `label` on it with `run` as its value, or by a key (`made`). */
export type Own = { label: string; run: string; made: ReadonlySet<string> };
export type Whose = 'all' | 'mine' | 'others';

export type Size = { columns: number; rows: number };
export type Focus = Kind | 'details' | 'lesson' | DockPane;
/** What stands above the terminal while a lesson is open, where there is no room for all of it. */
export type Above = 'lesson' | 'lists' | 'details';
export type DockPane = 'terminal' | 'wire';

/** The terminal and the wire, below the other panes. Where there is no room for both, `front` is in view. */
export type Dock = { open: boolean; front: DockPane };

export function isList(focus: Focus): focus is Kind {
  return (KINDS as readonly Focus[]).includes(focus);
}
export type Tab = 'logs' | 'stats' | 'layers' | 'files' | 'mounts' | 'inspect';

/** The engine on screen. `lost` keeps everything that was known and says since when it is stale. */
export type EngineState = {
  family: EngineFamily;
  host: string;
  apiVersion: string;
  /** Started by Slipway itself: `passing` goes with the last Slipway, `kept` stays. */
  sandbox: 'none' | 'passing' | 'kept';
  /** How the sandbox stands, where that is not the usual: `without root`. Empty otherwise. */
  standing: string;
  about: EngineAbout | null;
  lost: { since: number; why: string; advice: string } | null;
};

export type ObjectTable = {
  /** Null until the first list has arrived. */
  items: ReadonlyMap<string, Item> | null;
  /** Why the last re-list failed, while the engine itself answers. */
  failed: string;
};
export type Objects = Readonly<Record<Kind, ObjectTable>>;

export type ListView = {
  /** Key of the selected row; when that row is gone, the row at `index` takes over. */
  selected: string | null;
  index: number;
  marked: ReadonlySet<string>;
  filter: string;
  sort: number;
  descending: boolean;
};

export type TreeView =
  | { of: string; phase: 'loading' }
  | { of: string; phase: 'failed'; why: string }
  | { of: string; phase: 'read'; tree: TreeState };

/** The log in view. It stays when its container ends, and is taken up again when the container comes back. */
export type OpenLog = {
  container: string;
  view: LogState;
  /** `ended`: nothing more will come; `why` where that is a failure. */
  phase: 'opening' | 'open' | 'ended';
  why: string;
};

export type Notice = { tone: 'good' | 'bad' | 'plain'; text: string; advice: string; until: number };

const EMPTY_TABLE: ObjectTable = { items: null, failed: '' };
const EMPTY_LIST: ListView = {
  selected: null,
  index: 0,
  marked: new Set(),
  filter: '',
  sort: 0,
  descending: false,
};

export const NO_OBJECTS: Objects = {
  container: EMPTY_TABLE,
  image: EMPTY_TABLE,
  volume: EMPTY_TABLE,
  network: EMPTY_TABLE,
};

export const NO_LISTS: State['lists'] = {
  container: EMPTY_LIST,
  image: EMPTY_LIST,
  volume: EMPTY_LIST,
  network: EMPTY_LIST,
};

/** `welcome`: someone is here for the first time, and is asked what they want to do. */
export function initialState(
  size: Size,
  now: number,
  config: Config = EMPTY_CONFIG,
  { welcome = false }: { welcome?: boolean } = {},
): State {
  return {
    size,
    now,
    connect: { phase: 'searching', reports: [], offer: null, problem: null },
    engine: null,
    objects: NO_OBJECTS,
    lists: NO_LISTS,
    focus: 'container',
    subject: 'container',
    zoomed: false,
    above: 'lists',
    dock: { open: false, front: 'terminal' },
    shells: NO_SHELLS,
    wire: NO_CALLS,
    learn: NOTHING_LEARNED,
    build: NOTHING_BUILT,
    files: NO_FILES,
    tabs: { container: 'logs', image: 'inspect', volume: 'mounts', network: 'inspect' },
    log: null,
    tree: null,
    data: NO_DATA,
    registry: NO_REGISTRY,
    layers: null,
    usage: new Map(),
    commands: [],
    flashes: [],
    own: { label: '', run: '', made: new Set() },
    whose: 'all',
    overlays: welcome ? [{ kind: 'welcome', selected: 0 }] : [],
    notice: null,
    mouse: config.mouse,
    config,
  };
}
