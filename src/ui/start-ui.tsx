import { render, useApp } from 'ink';
import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { useEffect, useSyncExternalStore } from 'react';
import type { ProgramStore } from '../app/program-store.ts';
import type { TerminalHost } from '../app/terminal-host.ts';
import { screenSize } from '../model/layout.ts';
import { selectScreen } from '../model/select-screen.ts';
import { loadLineChart } from './charts/line-chart.ts';
import { createKeyReader, type Input } from './input/read-keys.ts';
import { createLazy, type Lazy } from './lazy.ts';
import { CHART_STYLES, type Charts } from './panes/stats-lines.ts';
import { Screen } from './screen.tsx';
import { FlatScreen } from './screens/flat-screen.tsx';
import { createTerminalModes } from './terminal-modes.ts';
import { colorDepth, createPaint, type Paint } from './theme.ts';

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

type Suspend = (task: () => Promise<void>) => Promise<void>;

/** Takes the terminal, draws the state whenever what it shows changes, and hands on what is typed. */
export function startUi(options: UiOptions): Ui {
  const { store, stdin, stdout, env } = options;
  const paint = createPaint(colorDepth(env));
  const charts = createLazy<Charts>(
    async () => ({ draw: await loadLineChart(), paint: (part, text) => paint(CHART_STYLES[part], text) }),
    options.onError,
  );
  const modes = createTerminalModes(stdin, stdout);
  const keys = createKeyReader(options.onInput);
  const onData = (chunk: string): void => keys.feed(chunk);
  const onResize = (): void => {
    store.dispatch({ type: 'screen-resized', ...screenSize(stdout, options.screenReader) });
  };
  const unsubscribe = store.subscribe(() => {
    const state = store.getState();
    modes.setMouse(state.mouse);
    if (selectScreen(state).details?.content.kind === 'stats') charts.want();
  });
  let suspend: Suspend | null = null;
  const onReady = (suspender: Suspend): void => {
    suspend = suspender;
  };
  const listen = (): void => {
    stdin.setEncoding('utf8');
    stdin.on('data', onData);
    modes.take();
  };
  const { screenReader } = options;
  const root = <Root store={store} paint={paint} charts={charts} onReady={onReady} flat={screenReader} />;
  const instance = render(root, {
    stdout,
    // Ink must not read the keys: it knows no mouse, and would act on the last frame instead of the state.
    stdin: new PassThrough() as unknown as ReadStream,
    alternateScreen: !screenReader,
    incrementalRendering: true,
    interactive: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: screenReader,
  });
  instance.waitUntilExit().catch(options.onError);
  listen();
  stdout.on('resize', onResize);

  let stopped = false;
  let lent = false;
  const giveBack = (): void => {
    stdin.off('data', onData);
    modes.giveBack();
  };
  return {
    stdin,
    stdout,
    async lend(task) {
      await suspend?.(async () => {
        giveBack();
        lent = true;
        try {
          await task();
        } finally {
          lent = false;
          if (!stopped) {
            onResize();
            listen();
          }
        }
      });
    },
    send: (sequence) => stdout.write(sequence),
    async redraw() {
      await suspend?.(async () => {});
    },
    stop() {
      if (stopped) return;
      stopped = true;
      unsubscribe();
      keys.close();
      stdout.off('resize', onResize);
      giveBack();
      // Ink leaves the alternate screen a second time, which puts the cursor where it was saved: save it where it is.
      if (lent) stdout.write('\r\n\x1b7');
      instance.unmount();
      // On the main screen the last frame stays; what comes next begins on a line of its own.
      if (screenReader) stdout.write('\n');
    },
  };
}

type RootProps = {
  store: ProgramStore;
  paint: Paint;
  charts: Lazy<Charts>;
  /** Gets Ink's way to lend the terminal, which is handed out only inside React. */
  onReady: (suspend: Suspend) => void;
  flat: boolean;
};

/** The one subscription of the screen: it draws again when the view of the state is another one. */
function Root({ store, paint, charts, onReady, flat }: RootProps) {
  const view = useSyncExternalStore(store.subscribe, () => selectScreen(store.getState()));
  const drawn = useSyncExternalStore(charts.subscribe, charts.get);
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  if (flat) return <FlatScreen view={view} />;
  return <Screen view={view} paint={paint} charts={drawn} />;
}
