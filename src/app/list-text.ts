import { didYouMeanHint } from '../engine/did-you-mean.ts';
import type { Engine } from '../engine/engine.ts';
import { KINDS, type Kind } from '../engine/objects.ts';
import { UsageError } from '../engine/routes/usage-error.ts';
import { COLUMNS } from '../model/columns.ts';
import { cellWidth, padEnd } from '../model/fit-text.ts';
import { reduce } from '../model/reduce.ts';
import { selectRows } from '../model/select-rows.ts';
import { selectUsedBy } from '../model/select-usage.ts';
import { initialState, type State } from '../model/state.ts';

/** `containers`, `image` …: the kind a person means. Throws `UsageError` for another word. */
export function kindNamed(word: string): Kind {
  const kind = KINDS.find((k) => word === k || word === `${k}s`);
  if (kind === undefined)
    throw new UsageError(
      word,
      `${word} is nothing that can be listed${didYouMeanHint(
        word,
        KINDS.map((k) => `${k}s`),
      )}`,
      [`One of: ${KINDS.map((k) => `${k}s`).join(', ')}.`],
    );
  return kind;
}

/** `slipway ls`: a list as text, with the columns of its pane, or as JSON in our own words. */
export async function listText(engine: Engine, kind: Kind, json: boolean): Promise<string> {
  const items = await engine.list(kind);
  if (json) return JSON.stringify(items, null, 2);
  const containers = kind === 'container' ? items : await engine.list('container');
  // After the reading: “Up 5 minutes” is counted back from the moment of the answer.
  const now = Date.now();
  const start = initialState({ columns: 0, rows: 0 }, now);
  const known = reduce(start, { type: 'list-read', kind: 'container', items: containers, at: now });
  return table(reduce(known, { type: 'list-read', kind, items, at: now }), kind);
}

function table(state: State, kind: Kind): string {
  const facts = { now: state.now, cpu: new Map<string, string>(), usedBy: selectUsedBy(state) };
  const columns = COLUMNS[kind].filter((c) => c.id !== 'cpu' && c.id !== 'layers' && c.title !== '');
  const rows = selectRows(state, kind).map((row) => columns.map((c) => c.cell(row, facts).text));
  const all = [columns.map((c) => c.title), ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map((cells) => cellWidth(cells[i]!))));
  return all
    .map((cells) =>
      cells
        .map((text, i) => padEnd(text, widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
