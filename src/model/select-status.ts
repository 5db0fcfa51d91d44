import type { Item } from '../engine/objects.ts';
import type { Tone } from './columns.ts';
import { ago } from './durations.ts';
import { memoizeLast } from './memoize.ts';
import type { EngineState, Objects, Size, State } from './state.ts';

/** The line at the top. `mark` carries what `tone` says. */
export type StatusView = { mark: string; tone: Tone; engine: string; counts: string; width: number };

const makeStatus = memoizeLast(
  (engine: EngineState | null, objects: Objects, size: Size, now: number): StatusView => {
    const counts = countsText(objects);
    if (engine === null)
      return { mark: '○', tone: 'quiet', engine: 'no engine', counts: '', width: size.columns };
    if (engine.lost !== null) {
      const text = `LOST ${ago(engine.lost.since, now)}: ${engine.lost.why}`;
      return {
        mark: '✗',
        tone: 'bad',
        engine: text,
        counts: 'trying again · what is shown is old',
        width: size.columns,
      };
    }
    return { mark: '●', tone: 'good', engine: engineText(engine), counts, width: size.columns };
  },
);

export function selectStatus(state: State): StatusView {
  return makeStatus(state.engine, state.objects, state.size, state.engine?.lost ? state.now : 0);
}

/**
 * `sandbox · docker 20.10.24 · overlay2`, or `sandbox · podman, without root · 4.3.1 · overlay`: at 80 columns the end
 * is cut. Of others the address comes last.
 */
function engineText({ sandbox, standing, family, about, host }: EngineState): string {
  const version = about === null ? '' : about.version.replace(/\+.*/, '');
  const name = standing === '' ? [`${family} ${version}`.trim()] : [`${family}, ${standing}`, version];
  const parts = name.filter((part) => part !== '');
  if (about !== null && about.storageDriver !== '') parts.push(about.storageDriver);
  if (about?.rootless && standing === '') parts.push('rootless');
  return (sandbox === 'none' ? [...parts, host.replace(/^unix:\/\//, '')] : ['sandbox', ...parts]).join(
    ' · ',
  );
}

function countsText(objects: Objects): string {
  const containers = objects.container.items;
  if (containers === null) return '';
  const running = [...containers.values()].filter(
    (c: Item) => c.kind === 'container' && c.state === 'running',
  ).length;
  const parts = [`${running} running`];
  if (objects.image.items) parts.push(many(objects.image.items.size, 'image'));
  if (objects.volume.items) parts.push(many(objects.volume.items.size, 'volume'));
  return parts.join(' · ');
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
