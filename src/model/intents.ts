import type { Command, Ref } from '../engine/commands.ts';
import type { BuildEffect } from './build/build-effect.ts';
import type { FilesEffect } from './files/files-effect.ts';
import type { DataEffect } from './data/data-effect.ts';
import type { Event } from './events.ts';
import type { LayersEffect } from './layers/layers-effects.ts';
import type { Mouse } from './mouse.ts';

/** What a key leads to: facts for the state, and things to be done outside it. */
export type Intent = { event: Event } | { effect: Effect };

/** Something the state cannot do by itself; `app` carries it out. */
export type Effect =
  /** `asked`: the person has said yes to all that they may take along. */
  | { do: 'carry-out'; commands: readonly Command[]; asked?: true }
  /** On the whole terminal, or in a tab of the terminal pane. */
  | { do: 'open-shell'; container: Ref; where: 'screen' | 'pane' }
  | { do: 'open-terminal' }
  /** Another one in the place of a shell that has ended. */
  | { do: 'reopen-shell'; id: number; container: Ref | null }
  | { do: 'close-shell'; id: number }
  /** `raw` is what the person's terminal sent for a key. */
  | { do: 'type'; id: number; raw: string }
  | { do: 'paste-into-shell'; id: number; text: string }
  /** In lines, up is positive; Infinity is the oldest line, -Infinity the newest. */
  | { do: 'scroll-shell'; id: number; by: number }
  /** Counted from the top left of the shell's own screen. */
  | { do: 'mouse-in-shell'; id: number; mouse: Mouse }
  /** Of the log of commands, while it is under way. */
  | { do: 'stop-task'; id: number }
  | { do: 'copy'; text: string; what: string }
  | { do: 'refresh' }
  | { do: 'search-engines' }
  | { do: 'stop-search' }
  | { do: 'connect'; host: string }
  | { do: 'start-sandbox' }
  | { do: 'install-engine' }
  | LayersEffect
  | LearnEffect
  | DataEffect
  | BuildEffect
  | FilesEffect
  | { do: 'redraw' }
  | { do: 'suspend' }
  | { do: 'quit'; keepSandbox?: boolean };

export function carryOut(commands: readonly Command[]): Intent {
  return { effect: { do: 'carry-out', commands } };
}

/** What `app/learn/learn-session.ts` does for the learner. */
export type LearnEffect =
  /** Reads which lessons there are, and how far the person has come in each. */
  | { do: 'read-catalogue' }
  /** Reads what the words mean, where it is not read yet. */
  | { do: 'read-glossary' }
  /** Opens the overlay `myths`. */
  | { do: 'open-myths' }
  /** Lessons are listed, and follow each other, by a set from now on, or by none; it is kept. */
  | { do: 'choose-set'; set: string | null }
  /** `anew` throws the progress in it away; `place` is asked for where it is not given and there is a choice. */
  | { do: 'open-lesson'; lesson: string; anew: boolean; place?: 'sandbox' | 'fence' }
  /** With `cleanUp` it lists first what would go, and asks. */
  | { do: 'leave-lesson'; cleanUp: boolean }
  /** Each lists what the lesson has made, and asks what is to become of it; the answer is `do-task`. */
  | { do: 'offer-task'; task: LearnTask }
  | { do: 'do-task'; task: LearnTask }
  | { do: 'check-now' }
  /** Makes again what an earlier step had made and what is gone. */
  | { do: 'replay-missing' }
  /** Puts text at the prompt of the lesson's shell without running it. */
  | { do: 'insert-command'; text: string }
  /** Writes the notebook to a file in the folder that Slipway was started in, and says where. */
  | { do: 'export-notebook' }
  /** Opens the overlay `review` with the cards that are due (`startReview`), also when there are none. */
  | { do: 'open-review' }
  /** Keeps an answer in the deck. */
  | { do: 'answer-review'; card: string; right: boolean }
  /** Lets the scripts of a stranger's lesson run. */
  | { do: 'trust-lesson' };

/**
 * `skip` runs and shows the solution of the current step; `catch-up` the solutions of all steps before `to`, from a clean
 * start; the resets clean up and make again what earlier steps had made.
 */
export type LearnTask =
  | { name: 'clean-up' | 'leave' | 'reset-step' | 'reset-lesson' | 'skip-step' }
  | { name: 'catch-up'; to: number };
