import type { Command } from '../../engine/commands.ts';
import { cancelOption, type Choice, type ChoiceOption } from '../overlays.ts';
import { commandOption } from '../actions/open-overlay.ts';
import { namesOf } from '../actions/targets.ts';
import type { State } from '../state.ts';
import { removalBody } from './removal-body.ts';

const ENDING_SIGNALS = /^(?:|(?:SIG)?(?:KILL|TERM|INT|QUIT)|9|15|2|3)$/;

/** Whether a container with `--rm` may not be there any more after it. */
export function mayEnd(command: Command, family: 'docker' | 'podman'): boolean {
  if (command.do === 'stop') return true;
  // Podman may remove it in the middle of a restart.
  if (command.do === 'restart') return family === 'podman';
  return command.do === 'kill' && ENDING_SIGNALS.test(command.signal);
}

/** Asks before the end of containers that were run with `--rm`, as it is their removal too. @param removed their ids */
export function stopQuestion(
  state: State,
  commands: readonly Command[],
  removed: ReadonlySet<string>,
): Choice {
  const ends = (command: Command): boolean => 'container' in command && removed.has(command.container.id);
  const containers = [...(state.objects.container.items?.values() ?? [])].filter(
    (c) => c.kind === 'container' && removed.has(c.id),
  );
  const known = containers.filter((c) => c.kind === 'container');
  const names = namesOf(known.map((c) => c.name));
  const rest = commands.filter((command) => !ends(command));
  const option = (label: string, chosen: readonly Command[]): ChoiceOption => {
    const { line } = commandOption(state, label, chosen);
    return { label, line, outcome: { effect: { do: 'carry-out', commands: chosen, asked: true } } };
  };
  return {
    title: `${names}: to end is to be removed`,
    body: ['Run with --rm: removed as soon as it ends.', '', ...removalBody(state, known, 'gone')],
    options: [
      cancelOption(),
      option('Go on, and let it be removed', commands),
      ...(rest.length === 0 ? [] : [option('Only the others', rest)]),
    ],
  };
}
