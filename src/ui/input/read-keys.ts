import type { Mouse } from '../../model/mouse.ts';

/** What a person does at the terminal, cut out of the bytes that arrive on stdin. */
export type Input =
  /** `raw` is what the terminal sent for it; a key without a name here is called `unknown`. */
  | { type: 'key'; key: string; raw: string }
  | { type: 'paste'; text: string }
  | { type: 'mouse'; mouse: Mouse }
  | { type: 'focus'; on: boolean };

/** How long a lone ESC waits for the rest of a sequence, in milliseconds. */
const ESC_WAIT = 30;

/**
 * How long a paste, a report of the mouse or an answer of the terminal may pause, on a slow line, before it counts as
 * ended: its end was lost, and keys must not be swallowed for ever.
 */
const REST_WAIT = 1_000;

/**
 * A tokenizer for the input of an xterm-like terminal: keys (legacy and `CSI u` encodings), SGR mouse reports (mode
 * 1006), bracketed paste (2004) and focus reports (1004). Sequences may arrive split anywhere.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function createKeyReader(onInput: (input: Input) => void): {
  feed: (chunk: string) => void;
  close: () => void;
} {
  let rest = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const lone = rest;
    rest = '';
    if (lone === '\x1b') onInput({ type: 'key', key: 'esc', raw: lone });
    else if (lone.startsWith(PASTE_START)) onInput({ type: 'paste', text: lone.slice(PASTE_START.length) });
    else drain(lone, onInput, true);
  };
  return {
    feed(chunk) {
      clearTimeout(timer);
      rest = drain(rest + chunk, onInput, false);
      timer = rest === '' ? undefined : setTimeout(flush, isSurelyBegun(rest) ? REST_WAIT : ESC_WAIT);
    },
    close: () => clearTimeout(timer),
  };
}

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** Answers to questions that were asked before us, such as the colour that a shell's prompt wants (OSC, DCS, APC). */
// eslint-disable-next-line no-control-regex
const ANSWER = /^\x1b[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)/;
/** A beginning that is no key held with Alt: of a control sequence with parameters, or of such an answer. */
// eslint-disable-next-line no-control-regex
const BEGUN = /^\x1b(?:\[[0-?]+[ -/]*|(?:\]\d+;|P[>!|\d]|_G)[^\x07\x1b]{0,200}(?:\x1b$)?)/;

function isSurelyBegun(rest: string): boolean {
  return rest.startsWith(PASTE_START) || BEGUN.test(rest);
}

/** Takes whole tokens off the front; gives back what is not complete yet. `last`: nothing more will come. */
function drain(text: string, onInput: (input: Input) => void, last: boolean): string {
  let rest = text;
  while (rest !== '') {
    const token = nextToken(rest, last);
    if (token === null) return rest;
    const raw = rest.slice(0, token.length);
    rest = rest.slice(token.length);
    if (token.input !== null) onInput(token.input.type === 'key' ? { ...token.input, raw } : token.input);
  }
  return '';
}

type Token = { length: number; input: Cut | null };
/** What a key is in bytes is known where it is cut off. */
type Cut = Exclude<Input, { type: 'key' }> | { type: 'key'; key: string };

function nextToken(text: string, last: boolean): Token | null {
  if (text.startsWith('\x1b')) return escapeToken(text, last);
  const character = String.fromCodePoint(text.codePointAt(0)!);
  const name = CONTROL_KEYS[character] ?? (character < ' ' ? controlName(character) : character);
  return key(character.length, name === ' ' ? 'space' : name);
}

const key = (length: number, name: string): Token => ({ length, input: { type: 'key', key: name } });

function controlName(character: string): string {
  return `ctrl-${String.fromCharCode(character.charCodeAt(0) + 96)}`;
}

const CONTROL_KEYS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\0': 'ctrl-space',
  '\x1c': 'ctrl-\\',
  '\x1d': 'ctrl-]',
  '\x1e': 'ctrl-^',
  '\x1f': 'ctrl-_',
};

function escapeToken(text: string, last: boolean): Token | null {
  if (text.startsWith(PASTE_START)) return pasteToken(text);
  // eslint-disable-next-line no-control-regex
  const csi = /^\x1b\[([0-?]*)([ -/]*)([@-~])/.exec(text);
  if (csi) return { length: csi[0].length, input: csiInput(csi[1]!, csi[3]!) };
  const ss3 = /^\x1bO([A-Za-z])/.exec(text);
  if (ss3) return key(3, FINALS[ss3[1]!] ?? `ss3-${ss3[1]}`);
  const answer = ANSWER.exec(text);
  if (answer) return { length: answer[0].length, input: null };
  const begun = BEGUN.exec(text);
  if (begun) return begun[0] === text && !last ? null : { length: begun[0].length, input: null };
  if (/^\x1b(\[|O|\]\d*|P|_)?$/.test(text) && !last) return null;
  if (text.length === 1) return key(1, 'esc');
  if (text[1] === '\x1b') return key(1, 'esc');
  const meta = nextToken(text.slice(1), last);
  return meta?.input?.type === 'key' ? key(meta.length + 1, `alt-${meta.input.key}`) : key(1, 'esc');
}

function pasteToken(text: string): Token | null {
  const end = text.indexOf(PASTE_END);
  if (end < 0) return null;
  return {
    length: end + PASTE_END.length,
    input: { type: 'paste', text: text.slice(PASTE_START.length, end) },
  };
}

const FINALS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
  Z: 'shift-tab',
};

const NUMBERED: Readonly<Record<string, string>> = {
  '1': 'home',
  '2': 'insert',
  '3': 'delete',
  '4': 'end',
  '5': 'pgup',
  '6': 'pgdn',
  '7': 'home',
  '8': 'end',
  '11': 'f1',
  '12': 'f2',
  '13': 'f3',
  '14': 'f4',
  '15': 'f5',
  '17': 'f6',
  '18': 'f7',
  '19': 'f8',
  '20': 'f9',
  '21': 'f10',
  '23': 'f11',
  '24': 'f12',
};

function csiInput(parameters: string, final: string): Cut | null {
  if (parameters.startsWith('<') && (final === 'M' || final === 'm'))
    return mouseInput(parameters.slice(1), final);
  if (parameters === '' && (final === 'I' || final === 'O')) return { type: 'focus', on: final === 'I' };
  const [first = '', second = ''] = parameters.split(';');
  if (final === 'u') return codePointKey(Number(first), Number(second) || 1);
  const name = final === '~' ? NUMBERED[first] : FINALS[final];
  if (name === undefined)
    return /^[?>=]/.test(parameters) || final === 'R' ? null : { type: 'key', key: 'unknown' };
  return { type: 'key', key: withModifiers(name, Number(second) || 1) };
}

/** xterm's modifier parameter is 1 + a bit set: 1 shift, 2 alt, 4 control. */
function withModifiers(name: string, parameter: number): string {
  const bits = parameter - 1;
  return `${bits & 4 ? 'ctrl-' : ''}${bits & 2 ? 'alt-' : ''}${bits & 1 && name !== 'shift-tab' ? 'shift-' : ''}${name}`;
}

function codePointKey(code: number, modifiers: number): Cut | null {
  if (!Number.isInteger(code) || code <= 0 || code > 0x10ffff) return null;
  const character = String.fromCodePoint(code);
  const name = code === 27 ? 'esc' : (CONTROL_KEYS[character] ?? (character === ' ' ? 'space' : character));
  return { type: 'key', key: withModifiers(name, modifiers) };
}

/**
 * `button;column;row`, counted from 1. The button's low bits are which one it is (3: none), 4 shift, 8 alt, 16 control,
 * 32 a move, 64 the wheel.
 */
function mouseInput(parameters: string, final: string): Cut | null {
  const [code = -1, column = 1, row = 1] = parameters.split(';').map(Number);
  const action = mouseAction(code, final);
  const button = BUTTONS[code & 3];
  if (action === null || button === undefined) return null;
  const keys = { shift: (code & 4) !== 0, alt: (code & 8) !== 0, ctrl: (code & 16) !== 0 };
  return { type: 'mouse', mouse: { action, button, x: column - 1, y: row - 1, ...keys } };
}

const BUTTONS = ['left', 'middle', 'right'] as const;

function mouseAction(code: number, final: string): Mouse['action'] | null {
  if (!(code >= 0 && code < 128)) return null;
  if (code & 64) return (code & 3) === 0 ? 'wheel-up' : (code & 3) === 1 ? 'wheel-down' : null;
  if (final === 'm') return 'release';
  return code & 32 ? 'drag' : 'press';
}
