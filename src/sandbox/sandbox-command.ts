import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { didYouMeanHint } from '../engine/did-you-mean.ts';
import { diskUsage } from './disk-usage.ts';
import { hasCode } from './has-code.ts';
import { sandboxAbility, wayReports } from './ability.ts';
import { SANDBOX_KINDS, type SandboxKind } from './kinds.ts';
import { type Places, placesOf } from './places.ts';
import { resetSandbox, runningSandboxes, sandboxStatus, stopSandbox } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import type { KeeperStatus } from './talk.ts';

export type CommandIo = { out: (text: string) => void; err: (text: string) => void };

export const SANDBOX_USAGE = `Usage: slipway sandbox <status|stop|reset> [docker|podman|inside] [--json]

  status   whether it runs, who uses it, what it takes; exit code 3 when it does not run
  stop     end it under everybody who uses it; what it holds stays only if it was to be kept (--keep)
  reset    throw away everything in it but the image tiny:1

Without docker, podman or inside: the one that runs, else the one that would be started.
`;

const NOT_RUNNING = 3;
const USAGE_ERROR = 2;

/** `slipway sandbox …`: gives the exit code. Prints one JSON object with `--json`. */
export async function sandboxCommand(
  args: readonly string[],
  io: CommandIo,
  given?: Places,
): Promise<number> {
  const isJson = args.includes('--json');
  const [verb, ...words] = args.filter((arg) => arg !== '--json');
  const kind = SANDBOX_KINDS.find((known) => known === words[0]) ?? null;
  const rest = kind === null ? words : words.slice(1);
  const run = verb === undefined ? undefined : VERBS[verb];
  if (verb === '--help' || verb === '-h') {
    io.out(SANDBOX_USAGE);
    return 0;
  }
  if (!run || rest.length > 0) {
    const wrong = run ? rest[0] : verb;
    io.err(
      `${wrong === undefined ? '' : `slipway sandbox: what is “${wrong}”${didYouMeanHint(wrong, Object.keys(VERBS))}?\n\n`}${SANDBOX_USAGE}`,
    );
    return USAGE_ERROR;
  }
  try {
    const places = given ?? (await placesToAskAbout(kind));
    const { code, json, text } = await run(places, isJson ? () => {} : (step) => io.out(`${step}…\n`));
    io.out(isJson ? `${JSON.stringify(json, null, 2)}\n` : text);
    return code;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    io.err(`slipway sandbox ${verb}: ${error.message}\n${error.advice ? `${error.advice}\n` : ''}`);
    return 1;
  }
}

async function placesToAskAbout(kind: SandboxKind | null): Promise<Places> {
  const found = kind ?? (await runningSandboxes())[0];
  if (found) return placesOf(found);
  const ability = await sandboxAbility();
  return placesOf(ability.can ? ability.way.kind : 'docker');
}

type Result = { code: number; json: object; text: string };
type Verb = (places: Places, onStep: (text: string) => void) => Promise<Result>;

const VERBS: Readonly<Record<string, Verb>> = {
  status: async (places) => {
    const status = await sandboxStatus(places);
    const disk = await diskUsage(places.data);
    if (!status) {
      const ways = (await wayReports()).map(({ way, why }) => ({ name: way.name, why }));
      const lines = ways.map(({ name, why }) => row('way', `${name}: ${why || 'can be started'}`));
      const text = `The sandbox is not running.\n${row('disk', `${size(disk)}, in ${places.data}`)}${lines.join('')}`;
      return { code: NOT_RUNNING, json: { running: false, data: places.data, disk, ways }, text };
    }
    const engineMemory = await residentMemory(status.pids.engine);
    const json = { running: true, ...status, engineMemory, data: places.data, disk };
    return { code: 0, json, text: statusText(status, engineMemory, places, disk) };
  },
  stop: async (places) => {
    const ms = await stopSandbox(places);
    if (ms === null)
      return { code: 0, json: { running: false, ms: 0 }, text: 'The sandbox was not running.\n' };
    return { code: 0, json: { running: false, ms }, text: `The sandbox has ended (${seconds(ms)}).\n` };
  },
  reset: async (places, onStep) => {
    const ms = await resetSandbox({ places, onStep });
    return { code: 0, json: { ms }, text: `The sandbox is as new (${seconds(ms)}).\n` };
  },
};

function statusText(status: KeeperStatus, engineMemory: number, places: Places, disk: number): string {
  const { usage, limits, pids } = status;
  const memory = usage.memory === null ? 'not known' : `${size(usage.memory)} of ${size(limits.memory)}`;
  const rows = [
    row('way', status.way),
    row('engine', `${status.engine}, process ${pids.engine}, since ${clock(status.startedAt)}`),
    row('keeper', `process ${pids.keeper}`),
    row('host', status.host),
    row('leases', `${status.leases}${status.keep ? ', and it stays without' : ''}`),
    row('memory', `${size(engineMemory)} for the engine; containers ${memory}`),
    row('processes', usage.pids === null ? 'not known' : `${usage.pids} of ${limits.pids}`),
    row(
      'ports',
      status.ports
        .filter(({ problem }) => !problem)
        .map(({ port }) => port)
        .join(' ') || 'none',
    ),
    row('disk', diskText(status.diskLimit, disk, places)),
    ...status.warnings.map((warning) => row('warning', warning)),
  ];
  return `The sandbox is running.\n${rows.join('')}`;
}

const diskText = (limit: number | null, used: number, { data }: Places): string =>
  limit === null ? 'not known' : `${size(used)} of ${size(limit)}, in ${data}`;

const row = (name: string, value: string) => `  ${name.padEnd(10)} ${value}\n`;

const seconds = (ms: number) =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;

/** Local time, as 14:05 on 3 May. */
const clock = (at: number) =>
  new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

const size = (bytes: number) =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** Of the process and everything below it, in bytes; shared pages count for each. */
async function residentMemory(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-e', '-o', 'pid=,ppid=,rss=,comm=']).catch(
    (error: unknown) => {
      // procps is not everywhere.
      if (hasCode(error, 'ENOENT')) return { stdout: '' };
      throw error;
    },
  );
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const engines = /^(dockerd|containerd|docker-proxy|podman|conmon|netavark|aardvark)/;
  const members = new Set([String(pid)]);
  // Parents come before children often but not always: go on until nothing is added.
  for (let before = 0; before !== members.size;) {
    before = members.size;
    for (const [own = '', parent = ''] of rows) if (members.has(parent)) members.add(own);
  }
  const sum = rows.filter(([own = '', , , name = '']) => members.has(own) && engines.test(name));
  return sum.reduce((total, [, , rss = '0']) => total + Number(rss) * 1024, 0);
}
