import { Box, Text } from 'ink';
import { memo } from 'react';

/** Lines that have been cut to their width already; a line that stays the same is not drawn again. */
export function Lines({ lines, width }: { lines: readonly string[]; width: number }) {
  return (
    <Box flexDirection="column" width={width} height={lines.length} flexShrink={0}>
      {lines.map((line, i) => (
        <Line key={i} line={line} />
      ))}
    </Box>
  );
}

const Line = memo(({ line }: { line: string }) => <Text wrap="truncate">{line === '' ? ' ' : line}</Text>);
