import type { EngineAbout, EngineFamily, JsonValue, LogLine, StatsSample } from '../engine/engine.ts';
import type { Item, Kind } from '../engine/objects.ts';
import type { BuildEvent } from './build/build-state.ts';
import type { CommandEvent } from './command-log.ts';
import type { ConnectEvent } from './connect-state.ts';
import type { LayersEvent } from './layers/layers-events.ts';
import type { LearnEvent } from './learn-state.ts';
import type { FilesEvent } from './files/files-state.ts';
import type { LogState } from './log-view.ts';
import type { Overlay } from './overlays.ts';
import type { ShellEvent } from './shells.ts';
import type { WireEvent } from './wire-log.ts';
import type { RegistryEvents } from './registry/registry-state.ts';
import type { DataEvent } from './data/data-state.ts';
import type { EngineState, Focus, ListView, Notice, Tab, Whose } from './state.ts';
import type { TreeState } from './json-tree.ts';

/** Everything that can happen to the state, in the past tense. */
export type Event =
  | ConnectEvent
  | EngineFact
  | ObjectFact
  | DetailFact
  | DataEvent
  | LayersEvent
  | CommandEvent
  | ViewEvent
  | ShellEvent
  | WireEvent
  | LearnEvent
  | BuildEvent
  | FilesEvent
  | RegistryEvents;

export type EngineFact =
  | {
      type: 'engine-connected';
      family: EngineFamily;
      host: string;
      apiVersion: string;
      sandbox: EngineState['sandbox'];
      standing?: EngineState['standing'];
    }
  | { type: 'engine-described'; about: EngineAbout }
  | { type: 'engine-lost'; at: number; why: string; advice: string }
  | { type: 'engine-back' }
  | { type: 'engine-left' };

export type ObjectFact =
  | { type: 'list-read'; kind: Kind; items: readonly Item[]; at: number }
  /** Only `ids` were asked for: those that are not among `items` are gone. */
  | { type: 'items-read'; kind: Kind; ids: readonly string[]; items: readonly Item[]; at: number }
  | { type: 'list-failed'; kind: Kind; why: string }
  | { type: 'layers-counted'; counts: ReadonlyMap<string, number> }
  | { type: 'volumes-measured'; sizes: ReadonlyMap<string, number> };

export type DetailFact =
  | { type: 'log-opened'; container: string }
  | { type: 'log-arrived'; container: string; lines: readonly LogLine[] }
  | { type: 'log-ended'; container: string; why: string }
  | { type: 'log-changed'; log: LogState }
  | { type: 'stats-sampled'; samples: readonly { container: string; sample: StatsSample }[] }
  | { type: 'inspect-asked'; of: string }
  | { type: 'inspect-read'; of: string; value: JsonValue }
  | { type: 'inspect-failed'; of: string; why: string }
  | { type: 'tree-changed'; tree: TreeState };

export type ViewEvent =
  | { type: 'screen-resized'; columns: number; rows: number }
  | { type: 'time-passed'; now: number }
  /** The label that the wire puts on what is made through it, and its value in this run. */
  | { type: 'run-named'; label: string; run: string }
  | { type: 'whose-chosen'; whose: Whose }
  | { type: 'focus-moved'; to: Focus }
  | { type: 'list-changed'; kind: Kind; view: Partial<ListView> }
  | { type: 'tab-chosen'; tab: Tab }
  | { type: 'zoom-toggled' }
  | { type: 'dock-toggled' }
  | { type: 'mouse-toggled' }
  | { type: 'overlay-opened'; overlay: Overlay }
  /** Replaces the topmost overlay. */
  | { type: 'overlay-changed'; overlay: Overlay }
  | { type: 'overlay-closed' }
  | { type: 'notice-shown'; notice: Notice }
  | { type: 'notice-gone' };
