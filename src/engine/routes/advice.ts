import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { ROUTES } from './find-engines.ts';
import type { Failure, Route, RouteReport } from './route.ts';
import { homePath, systemPath } from './surroundings.ts';
import type { Surroundings } from './surroundings.ts';

type Failed = RouteReport & { result: Failure };

/** Which failure is most likely the one that matters: an engine that is nearly there comes before one that is absent. */
const NEAREST: readonly Failure['kind'][] = [
  'denied',
  'too-old',
  'too-new',
  'tls',
  'timeout',
  'refused',
  'lost',
  'failed',
];

/** The likely failure and what to do about it, in one to three lines; empty when an engine answered. */
export async function adviceFor(reports: readonly RouteReport[], s: Surroundings): Promise<string[]> {
  if (reports.some(({ result }) => result.ok)) return [];
  const failed = reports.filter(
    (report): report is Failed => !report.result.ok && report.result.kind !== 'same',
  );
  const likely = await likelyOne(failed, s);
  if (likely === null) return NOTHING_INSTALLED;
  const { result } = likely;
  const remedy = result.advice || (await remedyFor(likely, s));
  const named = `${likely.label} (${likely.host}): ${result.why.replace(/\.+$/, '')}.`;
  return [named, remedy, likely.explicit ? '' : OTHERWISE].filter((line) => line !== '');
}

const OTHERWISE = 'If your engine is elsewhere: --host unix:///path, --host ssh://user@host, or DOCKER_HOST.';

const NOTHING_INSTALLED = [
  'No container engine was found, and none seems to be installed.',
  'Install Docker or Podman, name an engine elsewhere with --host ssh://user@host, or use the sandbox.',
];

async function likelyOne(failed: readonly Failed[], s: Surroundings): Promise<Failed | null> {
  const chosen = failed.find(({ explicit }) => explicit);
  if (chosen) return chosen;
  for (const kind of NEAREST) {
    const near = failed.find(({ result, route }) => result.kind === kind && route !== 'docker-config');
    if (near) return near;
  }
  const installed = await Promise.all(failed.map((report) => isInstalled(routeOf(report), s)));
  return (
    failed.find((_, index) => installed[index]) ??
    failed.find(({ result }) => result.kind !== 'missing') ??
    null
  );
}

async function remedyFor(report: Failed, s: Surroundings): Promise<string> {
  const route = (await usualRoute(report, s)) ?? routeOf(report);
  switch (report.result.kind) {
    case 'missing':
      return route?.start ?? '';
    case 'refused':
      return `The engine has stopped and left its socket behind. ${route?.start ?? ''}`.trim();
    case 'denied':
      return route?.denied ?? '';
    case 'timeout':
      return 'It may be overloaded or paused: look at its log (journalctl -u docker), or start it again.';
    case 'too-old':
      return 'Slipway needs an engine with API 1.41 or later: Docker 20.10, Podman 4.';
    case 'too-new':
      return 'This engine no longer speaks what Slipway knows: update Slipway.';
    case 'tls':
      return 'Set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem.';
    case 'not-engine':
      return 'Something else is in the place of the engine: check the path or the port.';
    default:
      return '';
  }
}

/** A named socket may be in a usual place: then that engine's own words fit (`colima start`). */
async function usualRoute({ explicit, host }: Failed, s: Surroundings): Promise<Route | undefined> {
  if (!explicit) return undefined;
  const local = ROUTES.filter((route) => !route.explicit);
  const places = await Promise.all(local.map((route) => route.find(s)));
  return local.find((_, index) => places[index]?.some((place) => place.host === host));
}

function routeOf({ route }: RouteReport): Route | undefined {
  return ROUTES.find(({ id }) => id === route);
}

async function isInstalled(route: Route | undefined, s: Surroundings): Promise<boolean> {
  const there = await Promise.all((route?.signs ?? []).map((sign) => isThere(sign, s)));
  return there.includes(true);
}

async function isThere(sign: string, s: Surroundings): Promise<boolean> {
  if (sign.startsWith('~/')) return exists(homePath(s, sign.slice(2)));
  if (sign.startsWith('/')) return exists(systemPath(s, sign));
  // sbin is not in everybody's PATH, and dockerd lies there.
  const folders = [...(s.env['PATH'] ?? '').split(delimiter), systemPath(s, '/usr/sbin')];
  const found = await Promise.all(folders.map((folder) => exists(join(folder, sign))));
  return found.includes(true);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
