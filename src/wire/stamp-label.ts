import { nameOf, tokensOf } from './json-tokens.ts';

export type Label = { name: string; value: string };

type Member = { name: string; from: number; to: number };

/**
 * A JSON body with one label more, or null where it is no JSON object, has no place for a label, or has that label.
 * The rest stays byte for byte: numbers that do not fit a JavaScript number come through.
 *
 * @param fields names of the labels' field, first the one that counts; Go reads them in capitals or small letters
 */
export function stampLabel(body: Buffer, fields: readonly string[], label: Label): Buffer | null {
  if (!isObject(parse(body.toString('utf8')))) return null;
  // One character per byte, so that bytes that are no UTF-8 stay what they are.
  const text = body.toString('latin1');
  const own = Buffer.from(`${JSON.stringify(label.name)}:${JSON.stringify(label.value)}`).toString('latin1');
  const { members, open } = membersOf(text);
  const member = choose(text, members, fields);
  if (member === undefined) {
    const comma = members.length === 0 ? '' : ',';
    return insert(text, open + 1, open + 1, `"${fields[0]}":{${own}}${comma}`);
  }
  const there = parse(Buffer.from(valueIn(text, member), 'latin1').toString('utf8'));
  if (there === null) return insert(text, member.from, member.to, `{${own}}`);
  if (!isObject(there) || Object.hasOwn(there, label.name)) return null;
  const comma = Object.keys(there).length === 0 ? '' : ',';
  return insert(text, member.from + 1, member.from + 1, own + comma);
}

function insert(text: string, from: number, to: number, middle: string): Buffer {
  return Buffer.from(text.slice(0, from) + middle + text.slice(to), 'latin1');
}

/** The one that has labels in it, before one that is empty; of several the last, which is the one that counts in Go. */
function choose(text: string, members: readonly Member[], fields: readonly string[]): Member | undefined {
  const present = fields.flatMap((field) =>
    members.filter(({ name }) => name.toLowerCase() === field.toLowerCase()).slice(-1),
  );
  return present.find((member) => !/^(null|\{\s*\})$/.test(valueIn(text, member))) ?? present[0];
}

function valueIn(text: string, { from, to }: Member): string {
  return text.slice(from, to);
}

/** What stands at the top of an object that is known to be one. */
function membersOf(text: string): { members: Member[]; open: number } {
  const members: Member[] = [];
  let depth = 0;
  let open = 0;
  let name: string | null = null;
  for (const { text: token, at } of tokensOf(text)) {
    const isEnd = token === '}' || token === ']';
    if (isEnd) depth--;
    if (depth === 0 && token === '{') open = at;
    if (depth === 1 && token !== ':' && token !== ',' && token.trim() !== '') {
      const member = members.at(-1);
      if (isEnd && member) member.to = at + 1;
      else if (name === null) name = nameOf(token);
      else {
        members.push({ name, from: at, to: at + token.length });
        name = null;
      }
    }
    if (token === '{' || token === '[') depth++;
  }
  return { members, open };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the engine will say so.
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
