import { useApp } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { ProgramStore } from '../app/program-store.ts';
import { selectScreen } from '../model/select-screen.ts';
import type { Lazy } from './lazy.ts';
import type { Charts } from './panes/stats-lines.ts';
import { Screen } from './screen.tsx';
import { FlatScreen } from './screens/flat-screen.tsx';
import type { Paint } from './theme.ts';

/** Ink's way to lend the terminal: gives it back, runs the task, takes it again and draws everything. */
export type Suspend = (task: () => Promise<void>) => Promise<void>;

export type RootProps = {
  store: ProgramStore;
  paint: Paint;
  charts: Lazy<Charts>;
  /** Gets Ink's way to lend the terminal, which is handed out only inside React. */
  onReady: (suspend: Suspend) => void;
  /** Plain text instead of panes. */
  flat: boolean;
};

/** The one subscription of the screen: it draws again when the view of the state is another one. */
export function Root({ store, paint, charts, onReady, flat }: RootProps) {
  const view = useSyncExternalStore(store.subscribe, () => selectScreen(store.getState()));
  const drawn = useSyncExternalStore(charts.subscribe, charts.get);
  const { suspendTerminal } = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  if (flat) return <FlatScreen view={view} />;
  return <Screen view={view} paint={paint} charts={drawn} />;
}
