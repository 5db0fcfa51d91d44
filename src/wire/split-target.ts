import { cleanText } from '../engine/clean-text.ts';
import type { WireCall } from './wire-call.ts';

/** `/v1.41/containers/json?all=1` in its parts; some clients name a host before it. */
export function splitTarget(target: string): Pick<WireCall, 'version' | 'path' | 'query'> {
  const local = target.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  const whole = mark < 0 ? local : local.slice(0, mark);
  const [, version = '', path = whole] = /^\/(v\d[\d.]*)(\/.*)$/.exec(whole) ?? [];
  return { version, path: shown(path), query: mark < 0 ? '' : shown(local.slice(mark + 1)) };
}

/** A head is read one character per byte. */
function shown(text: string): string {
  return cleanText(Buffer.from(text, 'latin1').toString('utf8'));
}
