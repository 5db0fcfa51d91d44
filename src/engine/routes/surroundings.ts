import { homedir } from 'node:os';
import { join } from 'node:path';

export type RouteFlags = { host?: string; context?: string };

/** What decides where engines may be: nothing in `routes/` looks at the process itself. */
export type Surroundings = {
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
  /** -1 where the platform has none. */
  uid: number;
  flags: RouteFlags;
  /** Folder that stands for `/`; empty, except in tests. */
  root: string;
};

export function surroundings(flags: RouteFlags = {}): Surroundings {
  const uid = process.getuid?.() ?? -1;
  return { env: process.env, home: homedir(), platform: process.platform, uid, flags, root: '' };
}

export function systemPath({ root }: Surroundings, path: string): string {
  return `${root}${path}`;
}

/** Where a person's own services put their sockets; sudo and cron lose the variable, the folder stays. */
export function runtimeDir(s: Surroundings): string {
  return s.env['XDG_RUNTIME_DIR'] || systemPath(s, `/run/user/${s.uid}`);
}

export function homePath({ home }: Surroundings, path: string): string {
  return join(home, path);
}
