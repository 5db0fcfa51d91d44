import type { SandboxKind } from './kinds.ts';
import { startPrivateDockerd } from './private-dockerd.ts';
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
  user: 'root' | 'plain';
  needs: readonly NeededProgram[];
  /** Not needed, but worth having. */
  recommends: readonly string[];
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
];
