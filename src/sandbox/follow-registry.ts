import type { Places } from './places.ts';
import type { RegistryEvent } from './registry/registry-event.ts';
import { tryConnect } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import { isAnswer, listen, say } from './talk.ts';

/** The sandbox's registry, as somebody who listens to it has it. */
export type FollowedRegistry = {
  /** Host and port. */
  address: string;
  /** Stops listening; the registry stays. */
  close: () => void;
};

export type RegistryFollower = {
  onEvent: (event: RegistryEvent) => void;
  /** The registry has gone, without our doing: with the sandbox, or by a reset. */
  onLost?: () => void;
  places: Places;
};

/** Opens the sandbox's registry, or joins those who use it. Throws where it cannot be opened, and where no sandbox is running. */
export async function followSandboxRegistry({
  onEvent,
  onLost,
  places,
}: RegistryFollower): Promise<FollowedRegistry> {
  const socket = await tryConnect(places);
  if (!socket) throw new SandboxError('no sandbox is running');
  return new Promise((resolve, reject) => {
    let why = 'the sandbox ended without an answer';
    let isOurs = false;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      reject(new SandboxError(why));
      if (!isOurs) onLost?.();
    });
    const close = (): void => {
      isOurs = true;
      socket.end();
    };
    listen(socket, (answer) => {
      if (!isAnswer(answer)) return;
      if (answer.say === 'registry') resolve({ address: answer.address, close });
      if (answer.say === 'registry-event' && !isOurs) onEvent(answer.event);
      if (answer.say !== 'failed') return;
      why = answer.why;
      close();
    });
    say(socket, { ask: 'registry-events' });
  });
}
