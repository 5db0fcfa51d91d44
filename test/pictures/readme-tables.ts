/** The parts of the README that are made from the program's own tables: what stands between `<!-- name -->` and `<!-- /name -->`. */
import { USAGE } from '../../src/app/read-arguments.ts';
import { ROUTES } from '../../src/engine/routes/find-engines.ts';
import type { Route } from '../../src/engine/routes/route.ts';
import type { Surroundings } from '../../src/engine/routes/surroundings.ts';
import { readResults } from '../lessons/lesson-results.ts';
import { lessonTable } from './lesson-table.ts';
import { ACTIONS, SCOPE_TITLES } from '../../src/model/keymap.ts';
import { keyLabel } from '../../src/model/key-label.ts';
import type { Action } from '../../src/model/actions/action.ts';

/** The README with these parts as they have to be. Throws when the place of one is missing. */
export async function withTables(readme: string): Promise<string> {
  const tables = {
    usage: `\`\`\`\n${USAGE.trimEnd()}\n\`\`\``,
    keys: keyTable(),
    engines: await engineTable(),
    lessons: await lessonsTable(),
  };
  return Object.entries(tables).reduce((text, [name, table]) => putBetween(text, name, table), readme);
}

function putBetween(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the README has no ${start.trim()} … ${end}`);
  return `${text.slice(0, from + start.length)}\n${table}\n\n${text.slice(to)}`;
}

function keyTable(): string {
  const scopes = Object.keys(SCOPE_TITLES).map((scope) => ACTIONS.filter((a) => a.scope === scope));
  return markdown(['Where', 'Keys', 'What it does', 'Name'], scopes.flatMap(rowsOfScope));
}

function rowsOfScope(actions: readonly Action[]): string[][] {
  return actions.map(({ id, scope, title, keys }, index) => [
    index === 0 ? `**${SCOPE_TITLES[scope]}**` : '',
    keys.map((key) => code(keyLabel(key))).join(' '),
    title,
    code(id),
  ]);
}

async function engineTable(): Promise<string> {
  const rows = await Promise.all(ROUTES.map(rowOfRoute));
  return markdown(['Engine or setting', 'On', 'Where', 'When it is not there'], rows);
}

const SYSTEMS = [
  ['linux', 'Linux'],
  ['darwin', 'macOS'],
  ['win32', 'Windows'],
] as const;

const EXPLICIT_PLACES: Readonly<Record<string, string>> = {
  'flag-host': '`unix://` `tcp://` `ssh://` `npipe://`, or a path',
  'flag-context': 'a context of the docker command',
  'env-host': 'as `--host`; TLS by `DOCKER_TLS_VERIFY`, `DOCKER_CERT_PATH`',
  'env-context': 'a context of the docker command',
  context: 'the one that `docker context use` chose',
  'container-host': 'as `--host`; podman’s own variable',
  'docker-config': '`~/.docker/config.json`, shown only when it cannot be read',
};

async function rowOfRoute(route: Route): Promise<string[]> {
  const known = EXPLICIT_PLACES[route.id];
  if (route.explicit && known === undefined) throw new Error(`say in readme-tables.ts what ${route.id} is`);
  const name = route.explicit && route.id !== 'context' ? code(route.label) : route.label;
  if (known !== undefined)
    return [name, 'all', known, route.explicit ? 'No other is tried.' : `${route.denied}.`];
  const found = await Promise.all(
    SYSTEMS.map(async ([platform, title]) => ({ title, places: await route.find(madeUp(platform)) })),
  );
  const on = found.filter(({ places }) => places.length > 0);
  const hosts = on.flatMap(({ places }) => places.map(({ host }) => code(shortPlace(host))));
  return [name, on.map(({ title }) => title).join(', '), [...new Set(hosts)].join(' '), route.start];
}

/** Nobody's machine: nothing is found in it, so every route names the place where it looks. */
function madeUp(platform: NodeJS.Platform): Surroundings {
  const env = { WSL_DISTRO_NAME: 'Debian', XDG_RUNTIME_DIR: '$XDG_RUNTIME_DIR', TMPDIR: '$TMPDIR' };
  return { env, home: '~', platform, uid: 1000, flags: {}, root: '' };
}

function shortPlace(host: string): string {
  return host.replace(/^unix:\/\//, '');
}

async function lessonsTable(): Promise<string> {
  const { head, rows, notes } = await lessonTable(await readResults());
  return [markdown(head, rows), ...notes.map((note, i) => `(${i + 1}) ${note}`)].join('\n\n');
}

/** GitHub reads a bar as the end of a cell, also inside code. */
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
const code = (text: string): string => `\`${text}\``;

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
