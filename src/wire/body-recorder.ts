import { StringDecoder } from 'node:string_decoder';
import { maskJson } from './mask.ts';
import { typeOf, valuesOf } from './read-head.ts';
import type { Header } from './read-head.ts';
import type { RecordedBody } from './wire-call.ts';

/** Bytes of a body that are kept. */
const KEPT = 64 * 1024;
const JSON_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/x-ndjson',
  'application/json-seq',
]);

/** Whether a body of this kind may be kept: JSON that is not packed. Podman's own client does not say what it sends. */
export function isRecordable(head: { headers: readonly Header[] }, path: string): boolean {
  if (valuesOf(head, 'content-encoding').some((coding) => coding !== 'identity')) return false;
  // What podman's own API takes as a secret is no JSON, but the bare secret.
  if (path.startsWith('/libpod/secrets/create')) return false;
  const type = typeOf(head);
  return JSON_TYPES.has(type) || (type === '' && path.startsWith('/libpod/'));
}

/** Keeps the beginning of a body. What it gives out is masked and clean. */
export class BodyRecorder {
  readonly #path: string;
  readonly #decoder = new StringDecoder('utf8');
  #raw = '';
  #left = KEPT;
  #cut = false;
  #shown: (RecordedBody & { masked: boolean }) | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  add(content: Buffer): void {
    if (content.length > this.#left) this.#setCut();
    if (this.#left === 0) return;
    this.#raw += this.#decoder.write(content.subarray(0, this.#left));
    this.#left -= Math.min(this.#left, content.length);
    this.#shown = null;
  }

  /** Null while there is nothing, and where it turns out to be no JSON. */
  read(): (RecordedBody & { masked: boolean }) | null {
    if (!/^\s*[[{"\dtfn-]/.test(this.#raw)) return null;
    this.#shown ??= { ...maskJson(this.#raw, this.#path), cut: this.#cut };
    return this.#shown;
  }

  #setCut(): void {
    if (!this.#cut) this.#shown = null;
    this.#cut = true;
  }
}
