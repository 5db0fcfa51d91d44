import type { ContainerData } from '../../engine/data/container-data.ts';
import type { DiskUsage } from '../../engine/data/disk-usage.ts';
import type { SizedLayer } from '../../engine/data/layer-sizes.ts';
import type { State } from '../state.ts';

/** What is known of where data lives, beyond the lists; each part is asked for when something in view needs it. */
export type DataState = {
  containers: ReadonlyMap<string, ContainerData>;
  /** What volumes were made with, by name. */
  options: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** The last reading for the Mounts tab that failed: `kind id` of what, and why. */
  failed: { of: string; why: string } | null;
  survey: Survey | null;
  /** First line of the Mounts tab in view, and what it is about: another thing begins at its top. */
  scroll: { of: string; top: number };
};

/** All of an engine, measured once, while something that needs it is in view; its parts arrive one by one. */
export type Survey = {
  phase: 'measuring' | 'measured' | 'failed';
  why: string;
  usage: DiskUsage | null;
  /** By id of the image; null where the engine leaves open which size is whose. */
  layers: ReadonlyMap<string, readonly SizedLayer[] | null>;
};

export type DataEvent =
  | { type: 'container-data-read'; containers: readonly ContainerData[] }
  | { type: 'volume-options-read'; volume: string; options: Readonly<Record<string, string>> }
  | { type: 'data-failed'; of: string; why: string }
  | { type: 'data-scrolled'; of: string; top: number }
  | { type: 'survey-begun' }
  | { type: 'survey-read'; part: Partial<Pick<Survey, 'usage' | 'layers'>> }
  | { type: 'survey-ended'; why: string };

export const NO_DATA: DataState = {
  containers: new Map(),
  options: new Map(),
  failed: null,
  survey: null,
  scroll: { of: '', top: 0 },
};

const BEGUN: Survey = { phase: 'measuring', why: '', usage: null, layers: new Map() };

export function reduceData(state: State, event: DataEvent): State {
  const data = dataAfter(state, event);
  return data === state.data ? state : { ...state, data };
}

function dataAfter({ data, objects }: State, event: DataEvent): DataState {
  switch (event.type) {
    case 'container-data-read': {
      // Only of containers that are still there, so that the past of removed ones is forgotten.
      const kept = [...data.containers].filter(([id]) => objects.container.items?.has(id));
      const read = event.containers.map((c) => [c.id, withKnownSize(c, data.containers)] as const);
      return { ...data, containers: new Map([...kept, ...read]), failed: null };
    }
    case 'volume-options-read':
      return { ...data, options: new Map([...data.options, [event.volume, event.options]]), failed: null };
    case 'data-failed':
      return { ...data, failed: { of: event.of, why: event.why } };
    case 'data-scrolled':
      return { ...data, scroll: { of: event.of, top: event.top } };
    case 'survey-begun':
      // What was measured before stays in view until it is measured again.
      return { ...data, survey: { ...(data.survey ?? BEGUN), phase: 'measuring', why: '' } };
    case 'survey-read':
      return data.survey === null ? data : { ...data, survey: { ...data.survey, ...event.part } };
    case 'survey-ended':
      return data.survey === null ? data : { ...data, survey: ended(data.survey, event.why) };
  }
}

function ended(survey: Survey, why: string): Survey {
  return { ...survey, phase: why === '' ? 'measured' : 'failed', why };
}

/** A reading that did not measure keeps what was measured before. */
function withKnownSize(container: ContainerData, before: DataState['containers']): ContainerData {
  return { ...container, writable: container.writable ?? before.get(container.id)?.writable ?? null };
}
