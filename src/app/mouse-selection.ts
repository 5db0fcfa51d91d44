import type { Mouse } from '../model/mouse.ts';
import type { Terminal } from '../terminal/open-terminal.ts';

/** Presses of one cell that follow each other within this time, in milliseconds, count as one more click. */
const CLICKS_WITHIN = 400;

export type MouseSelection = { mouse: (mouse: Mouse) => void };

/**
 * The mouse over a shell: for the program inside when it has asked for it (with Shift it is ours all the same), else
 * the wheel scrolls, and dragging, a double and a triple click select text, which is copied when the button is let go.
 */
export function createMouseSelection(terminal: Terminal, copy: (text: string) => void): MouseSelection {
  let from: { x: number; y: number } | null = null;
  let last = { x: -1, y: -1, at: 0, clicks: 0 };
  const press = ({ x, y }: Mouse): void => {
    const isAgain = last.x === x && last.y === y && Date.now() - last.at < CLICKS_WITHIN;
    last = { x, y, at: Date.now(), clicks: isAgain ? (last.clicks % 3) + 1 : 1 };
    from = { x, y };
    terminal.clearSelection();
    if (last.clicks === 2) terminal.selectWord(from);
    if (last.clicks === 3) terminal.selectLine(from);
  };
  const release = (): void => {
    from = null;
    const text = terminal.selectedText();
    if (text !== '') copy(text);
  };
  return {
    mouse(mouse) {
      if (!mouse.shift && from === null && terminal.mouse(mouse)) return;
      if (mouse.button !== 'left') return;
      if (mouse.action === 'press') press(mouse);
      if (mouse.action === 'drag' && from !== null && last.clicks === 1) terminal.select(from, mouse);
      if (mouse.action === 'release' && from !== null) release();
    },
  };
}
