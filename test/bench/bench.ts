/** The stopwatch: `npm run bench -- --help`. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngines } from './bench-engines.ts';
import { bundleFloor } from './floor/bundle-floor.ts';
import { cpuSeconds, machineSeconds } from './process-usage.ts';
import { median } from './quantiles.ts';
import { type Result, type Run, resultsOf, tableOf } from './report.ts';
import type { Bench, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/all-scenarios.ts';

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(ROOT, 'results');

const HELP = `npm run bench [-- OPTIONS]

  --only start,keys   only these scenarios: ${SCENARIOS.map(({ name }) => name).join(', ')}
  --repeat 5          repetitions, of which medians are given
  --profile FOLDER    writes a CPU profile of every Slipway that is started there; the times are not to be believed then
`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    repeat: { type: 'string', default: '5' },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'slipway-bench-'));
try {
  process.exitCode = await main();
} finally {
  await rm(folder, { recursive: true, force: true });
}
// Sockets to the engine may still be open.
process.exit();

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const scenarios = chosen(options.only);
  const repeat = Number(options.repeat);
  if (scenarios === null || !Number.isInteger(repeat) || repeat < 1) {
    process.stderr.write(HELP);
    return 2;
  }
  const floorFile = await bundleFloor(folder);
  const engines = await startEngines();
  try {
    const bench: Bench = { engines, engine: await engines.open(), ...programs(floorFile) };
    const runs: Run[] = [];
    for (const scenario of scenarios) runs.push(await repeated(scenario, repeat, bench));
    await report(scenarios, runs);
  } finally {
    await engines.close();
  }
  return 0;
}

function chosen(only: string | undefined): readonly Scenario[] | null {
  if (only === undefined) return SCENARIOS;
  const names = only.split(',');
  const found = SCENARIOS.filter(({ name }) => names.includes(name));
  return found.length === names.length ? found : null;
}

type Programs = Pick<Bench, 'slipway' | 'floor' | 'npmStart' | 'startScript'>;

function programs(floorFile: string): Programs {
  const profiling =
    options.profile === undefined
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${join(process.cwd(), options.profile)}`];
  const env = (host: string) => ({
    DOCKER_HOST: host,
    // Kept from one start to the next, as at home, where all else is new each time.
    XDG_CACHE_HOME: join(folder, 'cache'),
    npm_config_cache: join(folder, 'npm'),
    npm_config_update_notifier: 'false',
  });
  return {
    slipway: (host) => ({
      name: 'Slipway',
      command: [process.execPath, ...profiling, join(ROOT, 'dist/slipway.js')],
      env: env(host),
    }),
    floor: (host) => ({ name: 'the floor', command: [process.execPath, floorFile], env: env(host) }),
    npmStart: (host) => ({ name: 'npm start', command: ['npm', 'start'], cwd: ROOT, env: env(host) }),
    startScript: (host) => ({
      name: 'start.sh',
      command: ['sh', 'src/setup/start.sh'],
      cwd: ROOT,
      // What npm tells it.
      env: {
        ...env(host),
        npm_node_execpath: process.execPath,
        npm_config_user_agent: `npm/? node/${process.version} linux x64`,
      },
    }),
  };
}

async function repeated(scenario: Scenario, repeat: number, bench: Bench): Promise<Run> {
  const run: Run = { scenario: scenario.name, values: [], othersBusy: [] };
  for (let i = 0; i < (scenario.once === true ? 1 : repeat); i++) {
    const othersBusy = watchOthers();
    try {
      run.values.push(await scenario.run(bench));
    } catch (error) {
      // The others can still be measured; what is missing counts as missed.
      process.stderr.write(`${scenario.name} ${i + 1} failed: ${(error as Error).stack}\n`);
      run.values.push({});
    }
    run.othersBusy.push(othersBusy());
    const shown = Object.entries(run.values[i] ?? {}).map(
      ([name, value]) => `${name} ${value?.toFixed(1) ?? '–'}`,
    );
    process.stderr.write(
      `${scenario.name} ${i + 1}, others busy ${run.othersBusy[i]?.toFixed(0)} %: ${shown.join(', ')}\n`,
    );
  }
  return run;
}

/** How much of the whole machine, in percent, neither the stopwatch nor what it started has used since. */
function watchOthers(): () => number {
  const machine = machineSeconds();
  const own = cpuSeconds(process.pid);
  return () => {
    const { busy, total } = machineSeconds();
    const others = busy - machine.busy - (cpuSeconds(process.pid) - own);
    return (Math.max(0, others) / (total - machine.total)) * 100;
  };
}

async function report(scenarios: readonly Scenario[], runs: readonly Run[]): Promise<void> {
  const results = scenarios.flatMap((scenario, i) => (runs[i] ? resultsOf(scenario, runs[i]) : []));
  const at = new Date().toISOString();
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cpus: cpus().length };
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `bench-${at.replaceAll(':', '-').slice(0, 19)}.json`);
  const json = JSON.stringify({ at, machine, results, runs }, null, 1);
  await writeFile(file, `${json}\n`);
  process.stdout.write(`${tableOf(results)}\n\n${notes(results, runs)}\nJSON: ${file}\n`);
}

function notes(results: readonly Result[], runs: readonly Run[]): string {
  const asked = results.filter(({ met }) => met !== null);
  const busy = runs.map(({ scenario, othersBusy }) => `${scenario} ${median(othersBusy)?.toFixed(0)} %`);
  return [
    `${asked.filter(({ met }) => met).length} of ${asked.length} targets met. 120×40, Node ${process.version}.`,
    `Used by others on the machine meanwhile: ${busy.join(', ')}.`,
  ].join('\n');
}
