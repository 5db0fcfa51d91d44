import * as field from './fields.ts';
import { UnreadableField } from './fields.ts';

/** One object of `GET /events`, before an engine family's meaning is put on it. */
export type RawEvent = {
  at: number;
  type: string;
  /** Without what follows a colon: `exec_start: sh`, `health_status: healthy`. */
  action: string;
  id: string;
  name: string;
  /** The container that a network event is about. */
  container: string;
};

/** Null for what cannot be read: an event is a hint, the safety re-list finds what it would have told. */
export function readRawEvent(value: unknown): RawEvent | null {
  try {
    const raw = field.row(value, 'the event');
    const actor = field.optionalRow(raw['Actor']);
    const attributes = field.labels(actor, 'Attributes');
    return {
      at: Math.floor((field.optionalNumber(raw, 'timeNano') ?? Date.now() * 1e6) / 1e6),
      type: field.text(raw, 'Type'),
      action: field.text(raw, 'Action').split(':', 1)[0] ?? '',
      id: field.optionalText(actor, 'ID'),
      name: attributes['name'] ?? '',
      container: attributes['container'] ?? '',
    };
  } catch (error) {
    if (error instanceof UnreadableField) return null;
    throw error;
  }
}

/** Said of every command run inside (a health check a second makes three), and of nothing that a list shows. */
const NOISE =
  /^(?:exec_|exec$|top$|resize$|attach$|detach$|copy$|export$|archive-path$|extract-to-dir$|mount$|unmount$)/;

export function isNoise(event: RawEvent): boolean {
  return NOISE.test(event.action);
}
