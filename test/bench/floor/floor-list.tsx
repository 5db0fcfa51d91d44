/** The floor: a full-screen list of containers, live, and nothing else. What it costs, no program with Ink can go below. */
import { Box, Text, render, useApp, useInput } from 'ink';
import { memo, useEffect, useState } from 'react';
import { type Listed, watchList } from './watch-list.ts';

const ROWS = process.stdout.rows - 4;

const Row = memo(({ item, selected }: { item: Listed; selected: boolean }) => (
  <Text inverse={selected} wrap="truncate">
    {`${item.state.padEnd(10)}${item.name.padEnd(30)}${item.image}`}
  </Text>
));

function List() {
  const { exit } = useApp();
  const [list, setList] = useState<Listed[]>([]);
  const [wanted, setWanted] = useState(0);
  useEffect(() => void watchList(setList), []);
  useInput((input, key) => {
    if (key.downArrow) setWanted((at) => at + 1);
    else if (key.upArrow) setWanted((at) => Math.max(0, at - 1));
    else if (input === 'q') exit();
  });
  const selected = Math.min(wanted, Math.max(0, list.length - 1));
  const top = Math.max(0, selected - ROWS + 1);
  return (
    <Box flexDirection="column" borderStyle="round" height={ROWS + 3} width={process.stdout.columns}>
      <Text bold>{`Containers ${list.length}`}</Text>
      {list.slice(top, top + ROWS).map((item, i) => (
        <Row key={item.name} item={item} selected={top + i === selected} />
      ))}
    </Box>
  );
}

await render(<List />, { alternateScreen: true, incrementalRendering: true, maxFps: 60 }).waitUntilExit();
process.exit();
