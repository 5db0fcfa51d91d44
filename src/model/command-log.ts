import type { Progress } from '../engine/commands.ts';

/** A command that was asked of the engine, by a key or in a shell of the terminal: what it was, how it went. */
export type CommandRecord = {
  id: number;
  /** As one would type it. */
  line: string;
  from: 'key' | 'shell';
  startedAt: number;
  endedAt: number | null;
  result: { ok: true; text: string } | { ok: false; text: string; advice: string } | null;
  /** Latest progress per layer (or other part), in order of appearance. */
  progress: readonly Progress[];
};

/** How many finished commands are kept. */
export const COMMANDS_KEPT = 500;

export type CommandEvent =
  | { type: 'command-started'; id: number; line: string; at: number }
  | { type: 'command-progressed'; id: number; progress: readonly Progress[] }
  /** `made`: ids of what is there now because of it. */
  | { type: 'command-succeeded'; id: number; at: number; text: string; made: readonly string[] }
  | { type: 'command-failed'; id: number; at: number; text: string; advice: string };

export function reduceCommands(
  commands: readonly CommandRecord[],
  event: CommandEvent,
): readonly CommandRecord[] {
  switch (event.type) {
    case 'command-started': {
      const { id, line, at } = event;
      const record = { id, line, startedAt: at, endedAt: null, result: null, progress: [] };
      return [...commands, { ...record, from: 'key' as const }].slice(-COMMANDS_KEPT);
    }
    case 'command-progressed':
      return change(commands, event.id, (c) => ({
        ...c,
        progress: mergeProgress(c.progress, event.progress),
      }));
    case 'command-succeeded':
      return change(commands, event.id, (c) => ({
        ...c,
        endedAt: event.at,
        result: { ok: true, text: event.text },
      }));
    case 'command-failed':
      return change(commands, event.id, (c) => ({
        ...c,
        endedAt: event.at,
        result: { ok: false, text: event.text, advice: event.advice },
      }));
  }
}

function change(
  commands: readonly CommandRecord[],
  id: number,
  update: (record: CommandRecord) => CommandRecord,
): readonly CommandRecord[] {
  return commands.map((c) => (c.id === id ? update(c) : c));
}

function mergeProgress(known: readonly Progress[], news: readonly Progress[]): readonly Progress[] {
  const merged = new Map(known.map((p) => [p.id, p]));
  for (const p of news) merged.set(p.id, p);
  return [...merged.values()];
}
