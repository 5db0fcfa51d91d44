import { buildView } from './build/build-view.ts';
import { lookLines } from './build/look-lines.ts';
import { memoizeLast } from './memoize.ts';
import { welcomeView } from './overlay-views/welcome-view.ts';
import { choiceView } from './overlay-views/choice-view.ts';
import { commandsView, progressView } from './overlay-views/commands-view.ts';
import { formView } from './overlay-views/form-view.ts';
import { helpView } from './overlay-views/help-view.ts';
import type { OverlayView } from './overlay-views/overlay-view.ts';
import { lessonsView } from './overlay-views/lessons-view.ts';
import { glossaryView } from './glossary/glossary-view.ts';
import { mythsView } from './overlay-views/myths-view.ts';
import { pageView } from './overlay-views/page-view.ts';
import { diskUsageView } from './data/disk-usage-view.ts';
import { placesView } from './data/places-view.ts';
import { paletteView } from './overlay-views/palette-view.ts';
import { registryView } from './registry/registry-view.ts';
import { reviewView } from './overlay-views/review-view.ts';
import type { State } from './state.ts';

/** The same view for the same content: help and palette look at much of the state, and seldom change. */
const byContent = memoizeLast((json: string): OverlayView => JSON.parse(json) as OverlayView);

/** The box that lies over the panes; null where none does. */
export function selectOverlay(state: State): OverlayView | null {
  const overlay = state.overlays.findLast(
    (o) => o.kind !== 'engines' && o.kind !== 'filter' && o.kind !== 'search',
  );
  switch (overlay?.kind) {
    case 'help':
      return byContent(JSON.stringify(helpView(state, overlay.scroll)));
    case 'palette':
      return byContent(JSON.stringify(paletteView(overlay, state)));
    case 'choice':
      return choiceView(overlay.choice, overlay.selected);
    case 'form':
      return formView(overlay.form, lookLines(overlay.form, state.build.look));
    case 'commands':
      return commandsView(state.commands, overlay.selected);
    case 'lessons':
      return lessonsView(overlay, state.learn.catalogue, state.learn.sets, state.learn.set);
    case 'glossary':
      return glossaryView(overlay, state.learn.glossary, state.learn.catalogue);
    case 'myths':
      return mythsView(overlay.myths, overlay.selected);
    case 'welcome':
      return welcomeView(overlay.selected);
    case 'progress':
      return progressView(state.commands.find((c) => c.id === overlay.command) ?? null);
    case 'page':
      return pageView(overlay.page, overlay.scroll);
    case 'build':
      return buildView(state.build.current, overlay.scroll, state.size);
    case 'places':
      return placesView(state.objects, state.data, state.engine, overlay.selected, state.size.columns);
    case 'disk-usage':
      return diskUsageView(state.objects, state.data, state.engine, overlay.selected);
    case 'registry':
      return registryView(state.registry, (state.engine?.sandbox ?? 'none') !== 'none', overlay.selected);
    case 'review':
      return reviewView(overlay.review);
    default:
      return null;
  }
}
