import { Box } from 'ink';
import { padEnd } from '../model/fit-text.ts';
import { SMALLEST } from '../model/layout.ts';
import type { ScreenView } from '../model/select-screen.ts';
import { wrapWords } from '../model/wrap-words.ts';
import { BottomLine } from './panes/bottom-line.tsx';
import { DetailsPane } from './panes/details-pane.tsx';
import { LessonPane } from './panes/lesson-pane.tsx';
import { ListPane } from './panes/list-pane.tsx';
import { TerminalPane } from './panes/terminal-pane.tsx';
import { WirePane } from './panes/wire-pane.tsx';
import { StatusLine } from './panes/status-line.tsx';
import type { Charts } from './panes/stats-lines.ts';
import { ConnectScreen } from './screens/connect-screen.tsx';
import type { Paint } from './theme.ts';
import { Lines } from './widgets/lines.tsx';
import { OverlayBox } from './widgets/overlay-box.tsx';

/** The whole screen, exactly as large as the terminal. */
export function Screen({ view, paint, charts }: { view: ScreenView; paint: Paint; charts: Charts | null }) {
  const { size } = view;
  if (view.kind === 'too-small') return <TooSmall size={size} />;
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      <StatusLine view={view.status} paint={paint} />
      {view.kind === 'panes' ? (
        <Panes view={view} paint={paint} charts={charts} />
      ) : view.kind === 'connect' ? (
        <ConnectScreen connect={view.connect} size={size} paint={paint} />
      ) : (
        <Blank size={size} />
      )}
      <BottomLine view={view.bottom} paint={paint} />
      {view.overlay !== null && <OverlayBox view={view.overlay} size={size} paint={paint} />}
    </Box>
  );
}

function Panes({ view, paint, charts }: { view: ScreenView; paint: Paint; charts: Charts | null }) {
  return (
    <Box flexDirection="column" height={view.size.rows - 2}>
      <Box flexShrink={0}>
        <Box flexDirection="column" flexShrink={0}>
          {view.lists.map((list) => list !== null && <ListPane key={list.kind} view={list} paint={paint} />)}
        </Box>
        {view.details !== null && <DetailsPane view={view.details} paint={paint} charts={charts} />}
        {view.lesson !== null && <LessonPane view={view.lesson} paint={paint} />}
      </Box>
      <Box flexShrink={0}>
        {view.shell !== null && <TerminalPane view={view.shell} explained={view.explained} paint={paint} />}
        {view.wire !== null && <WirePane view={view.wire} paint={paint} />}
      </Box>
    </Box>
  );
}

/** What lies behind the welcome. */
function Blank({ size }: { size: ScreenView['size'] }) {
  const lines = Array.from({ length: size.rows - 2 }, () => ' '.repeat(size.columns));
  return <Lines lines={lines} width={size.columns} />;
}

function TooSmall({ size }: { size: ScreenView['size'] }) {
  const { columns, rows } = SMALLEST;
  const said = `Slipway needs a larger window: at least ${columns}×${rows}, this is ${size.columns}×${size.rows}. q quits.`;
  const text = ['', ...wrapWords(said, Math.max(1, size.columns - 2)).map((line) => ` ${line}`)];
  const lines = Array.from({ length: size.rows }, (_, i) => padEnd(text[i] ?? '', size.columns));
  return <Lines lines={lines} width={size.columns} />;
}
