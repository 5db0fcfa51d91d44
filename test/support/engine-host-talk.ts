export const ENGINE_NAMES = ['docker', 'podman'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export type HostQuestion = { id: number } & (
  | { ask: 'shared'; name: EngineName }
  | { ask: 'open'; name: EngineName }
  | { ask: 'start' | 'discard'; handle: number }
  /** After `grace` milliseconds it is killed. */
  | { ask: 'stop'; handle: number; grace: number }
);

export type HostAnswer = { id: number } & ({ facts: EngineFacts } | { error: string });

export function isHostQuestion(message: unknown): message is HostQuestion {
  return typeof message === 'object' && message !== null && 'ask' in message;
}

export function isHostAnswer(message: unknown): message is HostAnswer {
  return typeof message === 'object' && message !== null && ('facts' in message || 'error' in message);
}

export type EngineFacts = {
  /** 0 for the shared ones. */
  handle: number;
  name: EngineName;
  socket: string;
  /** Of dockerd or podman itself, as seen from the machine; 0 while it is stopped. */
  pid: number;
  /** The shell that is process 1 of its namespaces: the target for `nsenter`. */
  holder: number;
  folder: string;
  /** Parent of its containers’ cgroups; podman has its own. */
  cgroup: string;
};
