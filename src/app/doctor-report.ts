import { statfs } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Engine, EngineAbout } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { adviceFor } from '../engine/routes/advice.ts';
import { ROUTES, findEngines } from '../engine/routes/find-engines.ts';
import type { Connect, FoundEngine, RouteSearch } from '../engine/routes/find-engines.ts';
import type { RouteReport } from '../engine/routes/route.ts';
import type { Surroundings } from '../engine/routes/surroundings.ts';
import { UsageError } from '../engine/routes/usage-error.ts';
import { readRights } from './rights.ts';
import type { Rights } from './rights.ts';
import { terminalCapabilities } from './terminal-capabilities.ts';
import type { TerminalCapabilities } from './terminal-capabilities.ts';

/** Everything that `slipway doctor` finds out; `--json` prints it as it is. */
export type DoctorReport = {
  /** An engine answered, and can be used. */
  ok: boolean;
  routes: readonly RouteLook[];
  /** A flag or variable that cannot be used: then no route was tried. */
  usage: { from: string; message: string } | null;
  advice: readonly string[];
  rights: Rights;
  sandbox: readonly string[];
  terminal: TerminalCapabilities;
  node: { version: string; verdict: 'current' | 'slow' | 'too-old' };
};

export type RouteLook = RouteReport & {
  /** Null where nothing answered, or the engine would not tell (`problem`). */
  about: EngineAbout | null;
  problem: string;
  disk: DiskSpace | null;
};

/** Bytes at the engine's data root. */
export type DiskSpace = { path: string; free: number; total: number };

export type DoctorOptions = {
  surroundings: Surroundings;
  connect: Connect;
  /** Whether a private engine can be had here, one line each. */
  sandboxReport: () => Promise<readonly string[]>;
  stdout: { isTTY?: boolean; columns?: number; rows?: number; write(text: string): unknown };
  json?: boolean;
  signal?: AbortSignal;
};

/** Node whose text segmentation is quick: drawing takes 2.5 times as long before it. */
const QUICK_NODE = 24;
const OLDEST_NODE = [22, 12] as const;

export async function doctorReport(options: DoctorOptions): Promise<DoctorReport> {
  const { surroundings: s, stdout } = options;
  const [engines, rights, sandbox] = await Promise.all([
    lookForEngines(options),
    readRights(s.uid, userName(), s.root),
    options.sandboxReport(),
  ]);
  return {
    ...engines,
    rights,
    sandbox,
    terminal: terminalCapabilities(s.env, stdout, s.platform),
    node: { version: process.version, verdict: nodeVerdict(process.versions.node) },
  };
}

type EnginePart = Pick<DoctorReport, 'ok' | 'routes' | 'usage' | 'advice'>;

async function lookForEngines({ surroundings: s, connect, signal }: DoctorOptions): Promise<EnginePart> {
  let search: RouteSearch;
  try {
    search = await findEngines(s, { connect, ...(signal && { signal }) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const usage = { from: error.from, message: error.message };
    return { ok: false, routes: [], usage, advice: error.advice };
  }
  try {
    const routes = await Promise.all(search.reports.map((report) => closerLook(report, search.engines)));
    return { ok: search.engines.length > 0, routes, usage: null, advice: await adviceFor(search.reports, s) };
  } finally {
    for (const { engine } of search.engines) engine.close();
  }
}

async function closerLook(report: RouteReport, found: readonly FoundEngine[]): Promise<RouteLook> {
  const engine = found.find((one) => one.report === report)?.engine;
  if (engine === undefined) return { ...report, about: null, problem: '', disk: null };
  const about = await aboutOf(engine);
  if (about instanceof EngineError) return { ...report, about: null, problem: about.message, disk: null };
  return { ...report, about, problem: '', disk: await diskOf(report, about) };
}

async function aboutOf(engine: Engine): Promise<EngineAbout | EngineError> {
  try {
    return await engine.about();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

/** Only where the engine's paths are ours: through a socket here, and not in a virtual machine. */
async function diskOf({ route, host }: RouteReport, { dataRoot }: EngineAbout): Promise<DiskSpace | null> {
  const inMachine = ROUTES.find(({ id }) => id === route)?.inMachine ?? false;
  if (inMachine || !host.startsWith('unix://') || dataRoot === '') return null;
  const disk = await statfs(dataRoot).catch(() => null);
  return disk && { path: dataRoot, free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize };
}

function nodeVerdict(version: string): DoctorReport['node']['verdict'] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major >= QUICK_NODE) return 'current';
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]) ? 'slow' : 'too-old';
}

/** A user without an entry in the user database (containers) has a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
