import { exactText } from './exact-text.ts';
import { tarError } from './tar-error.ts';

/** What a pax header says, by key (POSIX.1-2017, pax, “pax Extended Header”). Names stay exact; an empty value takes a setting back. */
export type PaxRecords = ReadonlyMap<string, string>;

export const NO_RECORDS: PaxRecords = new Map();

const LINE_END = 0x0a;

/** Each record is `LENGTH KEY=VALUE\n`, its length counting itself: a value may hold anything. */
export function paxRecords(body: Buffer): PaxRecords {
  const records = new Map<string, string>();
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(' ', at);
    const digits = space === -1 ? '' : body.toString('latin1', at, space);
    const end = at + (/^\d{1,7}$/.test(digits) ? Number(digits) : 0);
    const equals = body.indexOf('=', space);
    const isWhole = end > equals && equals > space && end <= body.length && body[end - 1] === LINE_END;
    if (!isWhole) throw tarError('a pax header is damaged');
    records.set(exactText(body.subarray(space + 1, equals)), exactText(body.subarray(equals + 1, end - 1)));
    at = end;
  }
  return records;
}

/** A decimal number; null where the record is not there. */
export function paxNumber(records: PaxRecords, key: string): number | null {
  const text = records.get(key);
  if (text === undefined || text === '') return null;
  if (/^-?\d+(\.\d*)?$/.test(text)) return Number(text);
  throw tarError(`${key} in a pax header is no number`);
}
