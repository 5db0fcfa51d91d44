/** The smallest proxy that Node can be: `pass-bytes.ts SOCKET_OF_THE_ENGINE OWN_SOCKET`. Says when it listens. */
import { connect, createServer } from 'node:net';

const [engine = '', own = ''] = process.argv.slice(2);
const server = createServer({ allowHalfOpen: true }, (client) => {
  const behind = connect({ path: engine, allowHalfOpen: true });
  client.pipe(behind);
  behind.pipe(client);
  client.on('error', () => behind.destroy());
  behind.on('error', () => client.destroy());
});
server.listen(own, () => process.send?.('listening'));
process.on('disconnect', () => process.exit());
