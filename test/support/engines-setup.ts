/** Vitest's global set-up: makes sure that there are engines to test with, and that nothing of them is left afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { removeCgroup } from '../../src/sandbox/cgroup.ts';
import { findProgram } from '../../src/sandbox/find-program.ts';
import { installPlan } from '../../src/sandbox/install.ts';
import { runInstall } from '../../src/sandbox/run-install.ts';
import { ENGINE_NAMES } from './engine-host-talk.ts';

const PREFIX = 'slipway-test-';
const PROGRAMS = { docker: ['dockerd'], podman: ['podman', 'runc', 'conmon'] } as const;
const PACKAGES = { docker: ['docker.io'], podman: ['podman', 'runc'] } as const;
const COMMON = {
  // With the last two a plain user has a range of ids, for sandboxes without root.
  programs: ['ip', 'iptables', 'setpriv', 'unshare', 'nsenter', 'flock', 'newuidmap', 'newgidmap'],
  packages: ['iproute2', 'iptables', 'util-linux', 'uidmap'],
};
/** What people run in a terminal, by Debian's packages; tests of what cannot be had are skipped. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  vim: ['vi'],
  nano: ['nano'],
  less: ['less'],
  procps: ['top'],
  zsh: ['zsh'],
  fish: ['fish'],
  dash: ['dash'],
  'busybox-static': ['busybox'],
  curl: ['curl'],
  'docker-compose': ['docker-compose'],
  'docker-registry': ['docker-registry'],
};

let folder = '';
let host: ChildProcess | undefined;
let before: readonly string[] = [];

export async function setup(project: TestProject): Promise<void> {
  const missing = await provideEngines();
  for (const [name, why] of Object.entries(missing))
    shout(`TESTS ON ${name.toUpperCase()} ARE SKIPPED: ${why}`);
  if (Object.keys(missing).length > 0 && process.env['CI'] === 'true')
    throw new Error('CI=true: every engine has to be there');
  await sweep();
  before = await traces();
  folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  host = spawn(process.execPath, [fileURLToPath(new URL('./engine-host.ts', import.meta.url)), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (!host.stdout) throw new Error('no pipe to the engine host');
  await Promise.race([
    once(host.stdout, 'data'),
    once(host, 'exit').then(() => Promise.reject(new Error('the engine host ended'))),
  ]);
  project.provide('engineHost', join(folder, 'host.sock'));
  project.provide('missingEngines', missing);
}

/** Ends the engines, and fails the run when anything of them is left. */
export async function teardown(): Promise<void> {
  if (!host) return;
  const ended = once(host, 'exit');
  host.stdin?.end();
  await ended;
  const left = (await traces()).filter((trace) => !before.includes(trace));
  if (left.length > 0) throw new Error(`the tests have left something behind:\n${left.join('\n')}`);
}

/** Installs what is missing where that is possible; gives the engines that cannot be had, each with the reason. */
async function provideEngines(): Promise<Record<string, string>> {
  if (process.platform !== 'linux') return { docker: 'needs Linux', podman: 'needs Linux' };
  if (process.getuid?.() !== 0) return { docker: 'needs root', podman: 'needs root' };
  const wanted = await absentPackages();
  if (wanted.length > 0) await install(wanted);
  const missing: Record<string, string> = {};
  for (const name of ENGINE_NAMES) {
    const absent = await absentPrograms([...COMMON.programs, ...PROGRAMS[name]]);
    if (absent.length > 0) missing[name] = `no ${absent.join(', ')}`;
  }
  return missing;
}

async function absentPackages(): Promise<string[]> {
  const wanted = new Set<string>();
  for (const { programs, packages } of [
    COMMON,
    ...ENGINE_NAMES.map((name) => ({ programs: PROGRAMS[name], packages: PACKAGES[name] })),
    ...Object.entries(TOOLS).map(([name, tools]) => ({ programs: tools, packages: [name] })),
  ])
    if ((await absentPrograms(programs)).length > 0) for (const name of packages) wanted.add(name);
  return [...wanted];
}

async function absentPrograms(names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map(findProgram));
  return names.filter((_, index) => found[index] === null);
}

async function install(packages: readonly string[]): Promise<void> {
  const plan = await installPlan(packages);
  if (plan.steps.length === 0) return;
  process.stderr.write(`Installing what tests need: ${plan.text}\n`);
  // Run level 1: the packages' own services are not started, least of all a dockerd in the machine's network.
  const options = { onLine: (line: string) => process.stderr.write(`  ${line}\n`), env: { RUNLEVEL: '1' } };
  await runInstall(plan, options).catch((error: Error) => shout(error.message));
}

function shout(text: string): void {
  const bar = '!'.repeat(Math.min(100, text.length + 8));
  process.stderr.write(`\n${bar}\n!!! ${text} !!!\n${bar}\n\n`);
}

/** What runs have left of which nobody was there to tidy up: the process in the name is gone. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir()))
    if (isOrphan(name)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  const cgroups = new Set(findCgroups(`${PREFIX}*`).map((path) => basename(path)));
  for (const name of cgroups) if (isOrphan(name)) await removeCgroup(name);
}

function isOrphan(name: string): boolean {
  const owner = /^slipway-test-(\d+)-/.exec(name)?.[1];
  return owner !== undefined && !existsSync(`/proc/${owner}`);
}

function findCgroups(pattern: string): string[] {
  const found = execFileSync('find', ['/sys/fs/cgroup', '-maxdepth', '2', '-name', pattern], {
    encoding: 'utf8',
  });
  return found.split('\n').filter(Boolean);
}

/** Everything on the machine that an engine of ours would show up in: mounts, interfaces, cgroups, folders, processes. */
async function traces(): Promise<string[]> {
  // Others may mount things and run engines at the same time: a second dockerd in the machine's network would
  // show as a bridge, an engine whose mounts spread would name its folder.
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .filter((line) => line.includes('slipway'));
  const links = (await readdir('/sys/class/net')).filter((name) => /^(docker|cni|podman)/.test(name));
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(`${PREFIX}${process.pid}-`));
  const cgroups = host ? findCgroups(`${PREFIX}${host.pid}-*`) : [];
  return [
    ...mounts.map((line) => `mount ${line}`),
    ...links.map((name) => `network interface ${name}`),
    ...folders.map((name) => `folder ${join(tmpdir(), name)}`),
    ...cgroups.map((path) => `cgroup ${path}`),
    ...(await processesOf(folder)),
  ];
}

async function processesOf(place: string): Promise<string[]> {
  if (!place) return [];
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Ended while we were looking.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(place)) found.push(`process ${pid} ${command.replaceAll('\0', ' ')}`);
  }
  return found;
}
