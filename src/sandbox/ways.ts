import type { SandboxKind } from './kinds.ts';
import { startPrivateDockerd } from './private-dockerd.ts';
import { whyNoHostEngine } from './host-engine.ts';
import { startInside } from './private-inside.ts';
import type { EnginePlaces, PrivateEngine, StartOptions } from './private-engine.ts';
import { startPrivatePodman } from './private-podman.ts';

/** A program, or several of which one will do, and the package of Debian that has it. */
export type NeededProgram = { anyOf: readonly string[]; from: string };

/** One way to a private engine. */
export type Way = {
  kind: SandboxKind;
  name: string;
  /** What the status line says of it, where it is not the usual. */
  standing: string;
  user: 'root' | 'plain' | 'any';
  /** Only taken by who names its kind: it leaves the sandbox's own ground. */
  isOnlyChosen?: true;
  needs: readonly NeededProgram[];
  /** Not needed, but worth having. */
  recommends: readonly string[];
  /** Why it does not serve though nothing is missing; in place of a look at what the kernel allows. */
  look?: () => Promise<string>;
  start(places: EnginePlaces, options: StartOptions): Promise<PrivateEngine>;
};

const needs = (from: string, ...programs: string[]): NeededProgram[] =>
  programs.map((program) => ({ anyOf: [program], from }));

const NAMESPACES = [
  ...needs('util-linux', 'setpriv', 'unshare', 'nsenter', 'flock'),
  ...needs('iproute2', 'ip'),
  ...needs('iptables', 'iptables'),
];
const DOCKER = needs('docker.io', 'dockerd');
const PODMAN = [...needs('podman', 'podman'), { anyOf: ['crun', 'runc'], from: 'runc' }];
const USER = needs('uidmap', 'newuidmap', 'newgidmap');
/** With them containers of podman find each other by name. */
const NAMES = ['netavark', 'aardvark-dns'];

/** In the order in which they are tried. */
export const WAYS: readonly Way[] = [
  {
    kind: 'docker',
    name: 'dockerd as root',
    standing: '',
    user: 'root',
    needs: [...DOCKER, ...NAMESPACES],
    recommends: [],
    start: startPrivateDockerd,
  },
  {
    kind: 'podman',
    name: 'podman without root',
    standing: 'without root',
    user: 'plain',
    needs: [...PODMAN, ...USER, ...NAMESPACES],
    recommends: NAMES,
    start: startPrivatePodman,
  },
  {
    kind: 'podman',
    name: 'podman as root',
    standing: '',
    user: 'root',
    needs: [...PODMAN, ...NAMESPACES],
    recommends: NAMES,
    start: startPrivatePodman,
  },
  {
    kind: 'docker',
    name: 'dockerd without root',
    standing: 'without root',
    user: 'plain',
    needs: [...DOCKER, ...USER, ...NAMESPACES],
    recommends: [],
    start: startPrivateDockerd,
  },
  {
    kind: 'inside',
    name: 'dockerd in a container of your own engine',
    standing: 'in a container',
    user: 'any',
    // A privileged container on the person's engine is root on their machine.
    isOnlyChosen: true,
    needs: needs('util-linux', 'flock', 'nsenter'),
    recommends: [],
    look: whyNoHostEngine,
    start: startInside,
  },
];
