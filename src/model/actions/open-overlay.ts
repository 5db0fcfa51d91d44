import { bulkCommandLine } from '../../engine/command-line.ts';
import type { Command } from '../../engine/commands.ts';
import { openForm, type Purpose } from '../forms.ts';
import type { Intent } from '../intents.ts';
import type { Choice, ChoiceOption, Overlay } from '../overlays.ts';
import type { State } from '../state.ts';

export function openOverlay(overlay: Overlay): readonly Intent[] {
  return [{ event: { type: 'overlay-opened', overlay } }];
}

/** Opens a form, with the commands of the engine on screen. */
export function askForm(state: State, purpose: Purpose): readonly Intent[] {
  return openOverlay({ kind: 'form', form: openForm(purpose, toolOf(state)) });
}

/** Asks before something is done; the first answer, Cancel, is selected. */
export function askChoice(choice: Choice): readonly Intent[] {
  return openOverlay({ kind: 'choice', choice, selected: 0 });
}

/** An answer that asks the engine for something, with the line that says it. */
export function commandOption(state: State, label: string, commands: readonly Command[]): ChoiceOption {
  return { label, line: bulkCommandLine(commands, toolOf(state)), outcome: { carryOut: commands } };
}

function toolOf(state: State): 'docker' | 'podman' {
  return state.engine?.family ?? 'docker';
}
