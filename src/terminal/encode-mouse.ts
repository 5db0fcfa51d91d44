import type { IModes } from '@xterm/headless';
import type { MouseEncoding } from './inner-modes.ts';

/** What the mouse did, at a cell of the terminal counted from 0. */
export type TerminalMouse = {
  action: 'press' | 'drag' | 'release' | 'move' | 'wheel-up' | 'wheel-down';
  button: 'left' | 'middle' | 'right';
  x: number;
  y: number;
  shift: boolean;
  alt: boolean;
  ctrl: boolean;
};

const BUTTONS = { left: 0, middle: 1, right: 2 } as const;
/** Added to the button. */
const SHIFT = 4;
const ALT = 8;
const CTRL = 16;
const MOTION = 32;
const NONE = 3;
const WHEEL_UP = 64;
const WHEEL_DOWN = 65;

/** A place is a byte of 32 + its number from 1; a channel carries UTF-8, so that only 127 is left of 255. */
const LAST_IN_BYTES = 127 - 32;
/** In UTF-8 it may take two bytes. */
const LAST_IN_UTF8 = 2047 - 32;

/**
 * What the program inside is to be told; null when it did not ask for such events, and an empty text when it did but
 * its encoding has no place for this one.
 */
export function encodeMouse(
  mouse: TerminalMouse,
  tracking: IModes['mouseTrackingMode'],
  encoding: MouseEncoding,
): string | null {
  if (!isWanted(mouse, tracking)) return null;
  const isRelease = mouse.action === 'release';
  const code = codeOf(mouse) + (tracking === 'x10' ? 0 : modifiers(mouse));
  const [column, row] = [mouse.x + 1, mouse.y + 1];
  if (encoding === 'sgr') return `\x1b[<${code};${column};${row}${isRelease ? 'm' : 'M'}`;
  // The others do not say which button was let go.
  const legacy = 32 + (isRelease ? (code & ~3) | NONE : code);
  if (encoding === 'urxvt') return `\x1b[${legacy};${column};${row}M`;
  if (Math.max(column, row) > (encoding === 'utf8' ? LAST_IN_UTF8 : LAST_IN_BYTES)) return '';
  return `\x1b[M${String.fromCharCode(legacy, 32 + column, 32 + row)}`;
}

function isWanted({ action }: TerminalMouse, tracking: IModes['mouseTrackingMode']): boolean {
  if (tracking === 'none') return false;
  if (tracking === 'x10') return action === 'press';
  if (action === 'move') return tracking === 'any';
  return action !== 'drag' || tracking !== 'vt200';
}

function codeOf({ action, button }: TerminalMouse): number {
  if (action === 'wheel-up') return WHEEL_UP;
  if (action === 'wheel-down') return WHEEL_DOWN;
  if (action === 'move') return MOTION + NONE;
  return BUTTONS[button] + (action === 'drag' ? MOTION : 0);
}

function modifiers({ shift, alt, ctrl }: TerminalMouse): number {
  return (shift ? SHIFT : 0) + (alt ? ALT : 0) + (ctrl ? CTRL : 0);
}
