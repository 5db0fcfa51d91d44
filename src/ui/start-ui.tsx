import { render } from 'ink';
import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import type { ProgramStore } from '../app/program-store.ts';
import type { TerminalHost } from '../app/terminal-host.ts';
import { screenSize } from '../model/layout.ts';
import { selectScreen } from '../model/select-screen.ts';
import { loadLineChart } from './charts/line-chart.ts';
import { createKeyboard } from './input/keyboard.ts';
import type { Input } from './input/read-keys.ts';
import { createLazy } from './lazy.ts';
import type { SetMarkdown } from './markdown/set-markdown.ts';
import { typesetLesson } from './markdown/typeset-lesson.ts';
import { CHART_STYLES, type Charts } from './panes/stats-lines.ts';
import { Root, type RootProps, type Suspend } from './root.tsx';
import { createTerminalModes } from './terminal-modes.ts';
import { colorDepth, createPaint } from './theme.ts';

export type UiOptions = {
  store: ProgramStore;
  stdin: ReadStream;
  stdout: WriteStream;
  env: NodeJS.ProcessEnv;
  /** Plain text in reading order instead of panes. */
  screenReader: boolean;
  onInput: (input: Input) => void;
  /** Called with what was thrown while drawing, or what made Ink end by itself. */
  onError: (error: unknown) => void;
};

export type Ui = TerminalHost & {
  /** Gives the terminal back as it was found. May be called again. */
  stop: () => void;
};

/** Milliseconds in which what has just changed is drawn. */
const FRAME = 20;

/** Takes the terminal, draws the state whenever what it shows changes, and hands on what is typed. */
export function startUi(options: UiOptions): Ui {
  const { store, stdin, stdout, screenReader } = options;
  const modes = createTerminalModes(stdin, stdout, store.getState().mouse);
  const keyboard = createKeyboard(stdin, modes, options.onInput);
  const paint = createPaint(colorDepth(options.env));
  const charts = createLazy<Charts>(
    async () => ({ draw: await loadLineChart(), paint: (part, text) => paint(CHART_STYLES[part], text) }),
    options.onError,
  );
  const depth = screenReader ? 'none' : colorDepth(options.env);
  const markdown = createLazy<SetMarkdown>(async () => {
    // Loading takes longer than a frame: the lesson is shown as it was written first.
    await new Promise((resolve) => setTimeout(resolve, FRAME));
    const { createSetMarkdown } = await import('./markdown/set-markdown.ts');
    return createSetMarkdown({ depth, flat: screenReader });
  }, options.onError);
  const onResize = (): void => {
    store.dispatch({ type: 'screen-resized', ...screenSize(stdout, screenReader) });
  };
  const unsubscribe = store.subscribe(() => {
    const state = store.getState();
    modes.setMouse(state.mouse);
    if (selectScreen(state).details?.content.kind === 'stats') charts.want();
  });
  const endTypesetting = typesetLesson(store, markdown);
  let suspend: Suspend = async () => {};
  const onReady = (suspender: Suspend): void => {
    suspend = suspender;
  };
  // Before the first frame: who sees the screen may press a key, which must not reach the shell's line discipline.
  keyboard.listen();
  const instance = draw({ store, paint, charts, onReady, flat: screenReader }, stdout);
  instance.waitUntilExit().catch(options.onError);
  stdout.on('resize', onResize);

  let stopped = false;
  let lent = false;
  const lendTo = async (task: () => Promise<void>): Promise<void> => {
    keyboard.mute();
    lent = true;
    try {
      await task();
    } finally {
      lent = false;
      if (!stopped) {
        onResize();
        keyboard.listen();
      }
    }
  };
  return {
    stdin,
    stdout,
    lend: (task) => suspend(() => lendTo(task)),
    send: (sequence) => stdout.write(sequence),
    redraw: () => suspend(async () => {}),
    stop() {
      if (stopped) return;
      stopped = true;
      unsubscribe();
      endTypesetting();
      keyboard.close();
      stdout.off('resize', onResize);
      keyboard.mute();
      // Ink leaves the alternate screen a second time, which puts the cursor where it was saved: save it where it is.
      if (lent) stdout.write('\r\n\x1b7');
      instance.unmount();
      // On the main screen the last frame stays; what comes next begins on a line of its own.
      if (screenReader) stdout.write('\n');
    },
  };
}

function draw(props: RootProps, stdout: WriteStream): ReturnType<typeof render> {
  return render(<Root {...props} />, {
    stdout,
    // Ink must not read the keys: it knows no mouse, and would act on the last frame instead of the state.
    stdin: new PassThrough() as unknown as ReadStream,
    alternateScreen: !props.flat,
    incrementalRendering: true,
    interactive: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: props.flat,
  });
}
