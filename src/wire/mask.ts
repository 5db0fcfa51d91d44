import { cleanText } from '../engine/clean-text.ts';
import { MASK, isSecretName, maskAssignment } from '../engine/secret-names.ts';
import { nameOf, tokensOf } from './json-tokens.ts';

export type Masked = { text: string; masked: boolean };

/** Fields of the Engine API that are secret without sounding so; `Data` only below /secrets. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(['auth', 'authorization', 'credentials']);
/** Fields that sound secret and only name something, or say yes or no. */
const HARMLESS_FIELDS: ReadonlySet<string> = new Set([
  'secretid',
  'secretname',
  'secrets',
  'rotateworkertoken',
  'rotatemanagertoken',
  'rotatemanagerunlockkey',
  'detachkeys',
  // The path of a container's network namespace.
  'sandboxkey',
]);
/** Everything in them is secret, whatever it is called. */
const SECRET_OBJECTS: ReadonlySet<string> = new Set(['jointokens']);

/** `NAME=value` inside a longer text, as in a line of a Dockerfile. The look-behind keeps long words from being tried from each of their letters. */
const EMBEDDED = /(?<!\w)(\w+)=("[^"]*"?|'[^']*'?|[^\s"',;]+)/g;
/** `https://name:password@host`; the bounds keep the search short. */
const LOGIN = /:\/\/[^/@\s"]{0,200}:[^/@\s"]{1,500}@/g;

/** Text in which no value stands that its name says is secret. */
export function maskText(text: string): string {
  const whole = maskAssignment(text);
  if (whole !== text) return whole;
  return text
    .replace(EMBEDDED, (all, name: string) => (isSecretName(name) ? `${name}=${MASK}` : all))
    .replace(LOGIN, `://${MASK}@`);
}

/** Whole JSON, several JSON texts in lines, or the beginning of it. Secrets are masked, control characters are gone. */
export function maskJson(text: string, path: string): Masked {
  const walk = new JsonWalk(path);
  let result = '';
  for (const token of tokensOf(text)) result += walk.take(token.text);
  return { text: result, masked: walk.masked };
}

/** @param query not decoded, without its question mark; secrets are masked in it, and what has none stays as it is */
export function maskQuery(query: string, path: string): Masked {
  let masked = false;
  const pairs = query.split('&').map((pair) => {
    const [name = ''] = pair.split('=', 1);
    const value = decoded(pair.slice(name.length + 1));
    const shown = maskParameter(decoded(name), value, path);
    if (shown === value) return cleanText(pair);
    masked = true;
    return `${cleanText(name)}=${encodeURIComponent(shown)}`;
  });
  return { text: pairs.join('&'), masked };
}

function maskParameter(name: string, value: string, path: string): string {
  if (value !== '' && isSecretField(name, path)) return MASK;
  if (!/^[[{"]/.test(value)) return maskText(value);
  const json = maskJson(value, path);
  return json.masked ? json.text : value;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A stray percent sign: nothing is encoded in it, then.
    return text;
  }
}

function isSecretField(name: string, path: string): boolean {
  const small = name.toLowerCase();
  if (HARMLESS_FIELDS.has(small)) return false;
  return SECRET_FIELDS.has(small) || isSecretName(name) || (small === 'data' && path.includes('/secrets'));
}

type Level = { isObject: boolean; name: string | null; isSecret: boolean };

/** Knows, token by token, which field a value belongs to. */
class JsonWalk {
  masked = false;
  readonly #path: string;
  readonly #levels: Level[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  take(token: string): string {
    const level = this.#levels.at(-1);
    switch (token[0]) {
      case '{':
      case '[':
        this.#levels.push({ isObject: token === '{', name: null, isSecret: this.#isSecretBelow(level) });
        return token;
      case '}':
      case ']':
        this.#levels.pop();
        return token;
      case ',':
        if (level) level.name = null;
        return token;
      case ':':
        return token;
      case '"':
        return this.#takeString(token, level);
      default:
        return token.trim() === '' ? cleanSpace(token) : this.#takeWord(token, level);
    }
  }

  #takeString(token: string, level: Level | undefined): string {
    const said = nameOf(token);
    if (level?.isObject && level.name === null) {
      level.name = said;
      return cleanToken(token, said);
    }
    if (said !== '' && this.#isSecretValue(level)) return this.#mask(MASK);
    const shown = maskText(said);
    return shown === said ? cleanToken(token, said) : this.#mask(shown);
  }

  #takeWord(token: string, level: Level | undefined): string {
    const isValue = /^[\d-]/.test(token);
    return isValue && this.#isSecretValue(level) ? this.#mask(MASK) : cleanText(token);
  }

  #isSecretValue(level: Level | undefined): boolean {
    if (level === undefined) return false;
    return level.isSecret || (level.name !== null && isSecretField(level.name, this.#path));
  }

  #isSecretBelow(level: Level | undefined): boolean {
    return level?.isSecret === true || SECRET_OBJECTS.has(level?.name?.toLowerCase() ?? '');
  }

  #mask(shown: string): string {
    this.masked = true;
    return JSON.stringify(cleanLines(shown));
  }
}

/** What was escaped comes back to life when somebody parses it. */
function cleanToken(token: string, said: string): string {
  const clean = cleanLines(said);
  return clean === said && cleanText(token) === token ? token : JSON.stringify(clean);
}

function cleanLines(text: string): string {
  return text.split('\n').map(cleanText).join('\n');
}

function cleanSpace(text: string): string {
  return text.replace(/[^\n ]/g, (space) => (space === '\t' ? ' ' : ''));
}
