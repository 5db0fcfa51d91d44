import { shortId } from './object-id.ts';
import type { Command, PruneTarget, Ref } from './commands.ts';
import { runWords, type Tool } from './run-line.ts';
import { quoteWords } from './shell-words.ts';

/** A command in the words of the command line: `head` without the tool, then what it acts on. */
type Words = { head: readonly string[]; operands: readonly string[]; takesMany: boolean };

/** The shell line a person would type for this command, quoted so that it can be pasted. */
export function commandLine(command: Command, tool: Tool): string {
  const { head, operands } = wordsOf(command, tool);
  return quoteWords([tool, ...head, ...operands]);
}

/** The same for several commands: like ones become one (`docker stop a b`), unlike ones are separated by `; `. */
export function bulkCommandLine(commands: readonly Command[], tool: Tool): string {
  const lines = new Map<string, string[]>();
  for (const [index, command] of commands.entries()) {
    const { head, operands, takesMany } = wordsOf(command, tool);
    const key = takesMany ? head.join('\0') : `${index}`;
    const line = lines.get(key) ?? [tool, ...head];
    lines.set(key, [...line, ...operands]);
  }
  return [...lines.values()].map(quoteWords).join('; ');
}

function wordsOf(command: Command, tool: Tool): Words {
  switch (command.do) {
    case 'start':
    case 'stop':
    case 'restart':
    case 'pause':
    case 'unpause':
      return many([command.do], command.container);
    case 'kill':
      return many(['kill', ...signalFlag(command.signal)], command.container);
    case 'rename':
      return one(['rename'], nameOf(command.container), command.to);
    case 'commit':
      return commit(command);
    case 'remove-container':
      return many(['rm', ...when(command.force, '-f'), ...when(command.volumes, '-v')], command.container);
    case 'run':
      return one(runWords(command.spec));
    case 'pull':
      return one(['pull'], command.image);
    case 'tag':
      return one(['tag'], nameOf(command.image), command.as);
    case 'remove-image':
      return many(['rmi', ...when(command.force, '-f')], command.image);
    case 'create-volume':
      return one(['volume', 'create', ...driverFlag(command.driver, 'local')], command.name);
    case 'remove-volume':
      return many(['volume', 'rm', ...when(command.force, '-f')], command.volume);
    case 'create-network':
      return createNetwork(command);
    case 'remove-network':
      return many(['network', 'rm'], command.network);
    case 'remove-service':
      return many(['service', 'rm'], command.service);
    case 'leave-swarm':
      return one(['swarm', 'leave', '--force']);
    case 'prune':
      return one(pruneWords(command.what, command.all, tool));
  }
}

function createNetwork(command: Extract<Command, { do: 'create-network' }>): Words {
  const subnet = command.subnet === '' ? [] : ['--subnet', command.subnet];
  const flags = [...driverFlag(command.driver, 'bridge'), ...subnet, ...when(command.internal, '--internal')];
  return one(['network', 'create', ...flags], command.name);
}

function commit({ container, as, message, pause }: Extract<Command, { do: 'commit' }>): Words {
  const said = message === '' ? [] : ['-m', message];
  return one(['commit', ...said, ...when(!pause, '--pause=false')], nameOf(container), as);
}

function pruneWords(what: PruneTarget, all: boolean, tool: Tool): string[] {
  const takesAll = what !== 'container' && what !== 'network';
  const flags = ['-f', ...when(all && takesAll, '-a')];
  // podman 4.3: `volume prune` takes every unused volume and has no -a; what it caches of builds are dangling images.
  if (tool === 'podman' && what === 'volume') return ['volume', 'prune', '-f'];
  if (tool === 'podman' && what === 'build-cache') return ['image', 'prune', ...flags];
  return [what === 'build-cache' ? 'builder' : what, 'prune', ...flags];
}

function signalFlag(signal: string): string[] {
  return /^(?:|SIGKILL|KILL|9)$/i.test(signal) ? [] : ['-s', signal];
}

function driverFlag(driver: string, usual: string): string[] {
  return driver === '' || driver === usual ? [] : ['-d', driver];
}

function when(wanted: boolean, flag: string): string[] {
  return wanted ? [flag] : [];
}

/** A dangling image is named `<none>` or not at all; its id still finds it. */
function nameOf({ id, name }: Ref): string {
  return name === '' || name.includes('<none>') ? shortId(id) : name;
}

function one(head: readonly string[], ...operands: string[]): Words {
  return { head, operands: operands.filter((operand) => operand !== ''), takesMany: false };
}

function many(head: readonly string[], ref: Ref): Words {
  return { head, operands: [nameOf(ref)], takesMany: true };
}
