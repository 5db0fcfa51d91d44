import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cleanText } from '../engine/clean-text.ts';
import { findProgram } from './find-program.ts';
import { type InstallPlan, installPlan } from './install.ts';
import { AS_OWN_ROOT, isRoot } from './namespaced-process.ts';
import type { SandboxKind } from './kinds.ts';
import { type NeededProgram, WAYS, type Way } from './ways.ts';

/** Whether a sandbox can be started here; where something is only missing, how to install it. */
export type SandboxAbility = { can: true; way: Way } | { can: false; why: string; install?: InstallPlan };

/** One way to a private engine, and why it does not serve: empty where it does. */
export type WayReport = {
  way: Way;
  why: string;
  install?: InstallPlan;
  /** It would serve root only, or only who is not. */
  isOthers?: true;
};

/** The first way that works, of those to engines of this kind where one is named. */
export async function sandboxAbility(kind: SandboxKind | null = null): Promise<SandboxAbility> {
  if (process.platform !== 'linux')
    return { can: false, why: 'a sandbox needs Linux', ...(await planUnlessInstalled()) };
  const reports: WayReport[] = [];
  for (const way of WAYS) {
    if (!isFor(way) || (kind === null ? way.isOnlyChosen : way.kind !== kind)) continue;
    const report = await tryWay(way);
    if (report.why === '') return { can: true, way };
    reports.push(report);
  }
  const why = reports.map((report) => `${report.way.name}: ${report.why}`).join('; ');
  const install = reports.find((report) => report.install)?.install;
  return { can: false, why, ...(install && { install }) };
}

/** All ways in order, each with why it does not serve. */
export async function wayReports(): Promise<WayReport[]> {
  const wrongUser = isRoot() ? 'you are root, who needs it not' : 'you are not root';
  return Promise.all(
    WAYS.map(async (way) => (isFor(way) ? tryWay(way) : { way, why: wrongUser, isOthers: true })),
  );
}

const isFor = (way: Way): boolean => way.user === 'any' || way.user === (isRoot() ? 'root' : 'plain');

async function tryWay(way: Way): Promise<WayReport> {
  if (process.platform !== 'linux') return { way, why: 'needs Linux' };
  const missing = (await Promise.all(way.needs.map(isMissing))).flat();
  if (missing.length === 0) return { way, why: await (way.look ?? tryNamespaces)() };
  const packages = [...new Set([...missing.map(({ from }) => from), ...way.recommends])];
  const needsDocker = packages.includes('docker.io');
  return {
    way,
    why: `not installed: ${missing.map(({ anyOf }) => anyOf.join(' or ')).join(', ')}`,
    install: await (needsDocker && isRoot() ? installPlan() : installPlan(packages)),
  };
}

async function isMissing(needed: NeededProgram): Promise<NeededProgram[]> {
  const found = await Promise.all(needed.anyOf.map(findProgram));
  return found.every((path) => path === null) ? [needed] : [];
}

async function planUnlessInstalled(): Promise<{ install?: InstallPlan }> {
  return (await findProgram('docker')) ? {} : { install: await installPlan() };
}

/** In a container root may lack the right to make namespaces or to mount; a user may lack a range of ids. */
async function tryNamespaces(): Promise<string> {
  const [program, ...user] = isRoot() ? (['unshare'] as const) : AS_OWN_ROOT;
  const spaces = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--propagation', 'private'];
  try {
    const words = [...user, ...spaces, 'ip', 'link', 'set', 'lo', 'up'];
    await promisify(execFile)(program, words, { timeout: 5000 });
    return '';
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    return `${cleanText(said.replaceAll('\n', ' '))} (${meaning(said)})`;
  }
}

/** By the words of `unshare` and `newuidmap`, most telling first. */
const MEANINGS: readonly { words: RegExp; meaning: string }[] = [
  {
    words: /sub[ug]id|subordinate|[ug]id range|newuidmap|newgidmap|map-auto/i,
    meaning:
      'you have no ids of your own: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $USER',
  },
  { words: /unrecognized option/, meaning: 'util-linux 2.38 or later is needed' },
];

function meaning(said: string): string {
  const known = MEANINGS.find(({ words }) => words.test(said))?.meaning;
  return known ?? (isRoot() ? 'the kernel does not allow it here' : 'this system keeps users from it');
}
