/**
 * Opens listening sockets inside a network namespace and hands them to its parent, which keeps them there:
 * `nsenter -t HOLDER -n node listen-inside.js PORT…`. Each comes as a message of its own; an error ends it with its text.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { hasCode } from './has-code.ts';

export type InsideMessage = { listens: string } | { problem: string } | { done: true };

for (const port of process.argv.slice(2).map(Number))
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer({ pauseOnConnect: true });
    server.listen({ host, port, ipv6Only: true });
    try {
      await once(server, 'listening');
    } catch (error) {
      // A machine without IPv6 has no ::1.
      if (host === '::1' && hasCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) continue;
      await tell({ problem: error instanceof Error ? error.message : String(error) });
      process.exit(1);
    }
    await tell({ listens: `${host} ${port}` }, server);
  }
await tell({ done: true });
process.exit(0);

function tell(message: InsideMessage, handle?: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) throw new Error('this is started by Slipway');
    process.send(message, handle, {}, () => resolve());
  });
}
