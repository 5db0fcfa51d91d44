import type { IMarker, Terminal } from '@xterm/headless';
import { textBetween, type Place } from './buffer-text.ts';
import { readCommandLine } from './read-command-line.ts';
import type { CommandMark, ShellCommandFact } from './terminal-screen.ts';

/** Commands whose marks are kept, as long as their lines are. */
const MOST_MARKS = 500;
/** How long a shell that may have a mark for it can take to say that a command begins, after Enter. */
const MARK_WAIT_MS = 60;

/** Where the cursor was, and stays with its line when lines above it go. */
type Spot = { x: number; marker: IMarker };
type Command = { id: number; line: string; mark: CommandMark; marker: IMarker | null };
type Line = { text: string; at: number };

/**
 * Commands of a shell that marks its prompts: OSC 133 with `A` before the prompt, `B` after it, `C` when a command begins,
 * `D;code` when it has ended, and OSC 633 `E;line` for the exact line. A shell with only a prompt to put marks in has no
 * C: there the end of the line on which Enter was pressed counts as one.
 * @see https://gitlab.freedesktop.org/Per_Bothner/specifications/blob/master/proposals/semantic-prompts.md
 * @see https://code.visualstudio.com/docs/terminal/shell-integration#_supported-escape-sequences
 */
export class CommandMarks {
  readonly #terminal: Terminal;
  readonly #tell: (fact: ShellCommandFact) => void;
  #commands: Command[] = [];
  #lastId = 0;
  #phase: 'none' | 'prompt' | 'input' | 'running' = 'none';
  #prompt: IMarker | null = null;
  #input: Spot | null = null;
  /** What the shell itself said the line is. */
  #said: string | null = null;
  /** Null until that is known. */
  #hasStartMark: boolean | null = null;
  /** Times that Enter was pressed and no line has ended yet; of several lines in one piece, some are for later prompts. */
  #enters = 0;
  #typedAtPrompt = false;
  /** A line that was entered, until a mark tells more. */
  #entered: Line | null = null;
  #timer: NodeJS.Timeout | undefined;
  #running: Command | null = null;

  constructor(terminal: Terminal, tell: (fact: ShellCommandFact) => void) {
    this.#terminal = terminal;
    this.#tell = tell;
    terminal.parser.registerOscHandler(133, (text) => this.#mark(text));
    terminal.parser.registerOscHandler(633, (text) => this.#sayLine(text));
    terminal.onLineFeed(() => this.#lineEnded());
  }

  /** The line that runs now; empty at a prompt, null where no prompt was ever marked. */
  running(): string | null {
    return this.#phase === 'none' ? null : (this.#running?.line ?? '');
  }

  /** Keys went to the shell. */
  typed(keys: string): void {
    if (this.#phase !== 'input' || !this.#typedAtPrompt) this.#enters = 0;
    this.#typedAtPrompt = this.#phase === 'input';
    if (this.#typedAtPrompt) this.#enters += keys.split('\r').length - 1;
  }

  /** By line of the screen's own buffer, from `first` on. */
  inView(first: number, rows: number): (CommandMark | null)[] {
    const view = Array.from<CommandMark | null>({ length: rows }).fill(null);
    for (const { marker, mark } of this.#commands) {
      const row = marker === null || marker.isDisposed ? -1 : marker.line - first;
      if (row >= 0 && row < rows) view[row] = mark;
    }
    return view;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #mark(text: string): true {
    const [kind = '', code = ''] = text.split(';', 2);
    if (kind === 'A') this.#promptStarts();
    if (kind === 'B') this.#inputStarts();
    if (kind === 'C') this.#commandStarts();
    if (kind === 'D') this.#commandEnds(code);
    return true;
  }

  #sayLine(text: string): true {
    const line = readCommandLine(text);
    if (line !== null && this.#phase !== 'running') this.#said = line;
    return true;
  }

  /** Comes again at the same prompt when the shell draws it anew. */
  #promptStarts(): void {
    this.#settle();
    this.#end(null);
    this.#forgetPrompt();
    this.#prompt = this.#terminal.registerMarker(0) ?? null;
    this.#phase = 'prompt';
  }

  #inputStarts(): void {
    if (this.#phase !== 'prompt') this.#promptStarts();
    const marker = this.#terminal.registerMarker(0);
    this.#input = marker === undefined ? null : { marker, x: this.#terminal.buffer.active.cursorX };
    this.#phase = 'input';
    this.#typedAtPrompt = false;
  }

  #commandStarts(): void {
    this.#hasStartMark = true;
    this.#drop();
    if (this.#phase !== 'running')
      this.#start({ text: this.#said ?? this.#textUpTo(this.#cursor()), at: Date.now() });
  }

  #commandEnds(code: string): void {
    this.#settle();
    this.#end(/^\d{1,10}$/.test(code) ? Number(code) : null);
  }

  /** Enter was pressed and its line has ended: the cursor is on the next one. */
  #lineEnded(): void {
    if (this.#enters === 0 || this.#phase !== 'input' || this.#hasStartMark === true) return;
    this.#enters -= 1;
    const text = this.#textUpTo({ x: this.#terminal.cols, y: this.#cursor().y - 1 });
    if (text === '' || this.#entered !== null) return;
    this.#entered = { text, at: Date.now() };
    if (this.#hasStartMark === false) this.#startEntered();
    else this.#timer = setTimeout(() => this.#startEntered(), MARK_WAIT_MS);
  }

  /** A prompt or an end came, and no C before it. */
  #settle(): void {
    if (this.#entered === null) return;
    this.#hasStartMark ??= false;
    this.#startEntered();
  }

  #startEntered(): void {
    const line = this.#entered;
    this.#drop();
    if (line !== null) this.#start(line);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#entered = null;
  }

  #start({ text, at }: Line): void {
    this.#phase = 'running';
    if (text !== '') {
      const id = (this.#lastId += 1);
      this.#running = { id, line: text, mark: { id, code: null, running: true }, marker: this.#prompt };
      this.#prompt = null;
      this.#commands.push(this.#running);
      this.#thin();
      this.#tell({ type: 'started', id, line: text, at });
    }
    this.#forgetPrompt();
  }

  #end(code: number | null): void {
    const command = this.#running;
    this.#running = null;
    if (command === null) return;
    command.mark = { id: command.id, code, running: false };
    this.#phase = 'prompt';
    this.#tell({ type: 'ended', id: command.id, code, at: Date.now() });
  }

  #forgetPrompt(): void {
    this.#prompt?.dispose();
    this.#input?.marker.dispose();
    this.#prompt = null;
    this.#input = null;
    this.#said = null;
  }

  #thin(): void {
    const isKept = ({ marker, mark }: Command): boolean => mark.running || marker?.isDisposed === false;
    if (this.#commands.length > MOST_MARKS) this.#commands = this.#commands.filter(isKept);
    while (this.#commands.length > MOST_MARKS) this.#commands.shift()?.marker?.dispose();
  }

  #cursor(): Place {
    const { baseY, cursorX, cursorY } = this.#terminal.buffer.normal;
    return { x: cursorX, y: baseY + cursorY };
  }

  #textUpTo(end: Place): string {
    if (this.#input === null || this.#input.marker.isDisposed) return '';
    const { x, marker } = this.#input;
    return textBetween(this.#terminal.buffer.normal, { x, y: marker.line }, end).trim();
  }
}
