import { connect } from '../../src/engine/connect.ts';
import type { Endpoint } from '../../src/engine/endpoint.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { quoteWords } from '../../src/engine/shell-words.ts';
import { parseRunLine } from '../../src/engine/run-line.ts';
import { BASE_IMAGE } from '../../src/sandbox/base-image.ts';
import { buildShop } from './shop.ts';

/** Paths of the engine are in some pictures: the same on every machine, and each time. */
export const DEMO = '/tmp/demo';

/** What the web container has to say; the last line tells that it has said it all. */
export const LAST_LOG_LINE = 'GET /cart 200 6 ms';

const REQUESTS = [
  'GET / 200 3 ms',
  'GET /style.css 200 1 ms',
  'GET /products 200 9 ms',
  'GET /products/42 200 7 ms',
  'POST /cart 303 12 ms',
];

/** Its own layer has each kind of change, and one that grows. Lines on two pipes keep their order only when there is time between them. */
const WEB = `
say() { echo "$1"; }
mkdir -p /var/cache/shop
head -c 48000 /dev/zero > /var/cache/shop/index.cache
head -c 21000 /dev/zero > /var/cache/shop/cart.cache
echo 'workers = 8' >> /shop/shop.conf
rm /shop/pages/about.html
warn() { sleep 0.05; echo "$1" >&2; sleep 0.05; }
say 'listening on :80'
for round in 1 2 3 4 5 6 7; do
  ${REQUESTS.map((line) => `say '${line}'`).join('\n  ')}
  [ $round -ne 3 ] || warn 'warning: db answered after 812 ms'
  [ $round -ne 6 ] || warn 'error: cart 17: db said “too many clients”, trying again'
done
say '${LAST_LOG_LINE}'
while :; do
  echo 'GET /health 200 1 ms' >> /var/access.log
  for work in 10000 20000 40000 70000 90000 60000 30000 10000; do
    for second in 1 2 3; do sleep 0.7; i=0; while [ $i -lt $work ]; do i=$((i+1)); done; done
  done
done`;

const QUIET = 'while sleep 1; do :; done';
const DB = `head -c 700000 /dev/urandom > /data/orders.db; echo 'ready for connections'; ${QUIET}`;
const MIGRATION = `echo 'migrating 0007_orders'; echo 'column total already exists' >&2; exit 3`;

/** Oldest first, which is lowest in the list. The command of the last cannot be run, so it stays “created”. */
const RUNS: readonly string[] = [
  'docker run --name report tiny:1 make-report --month 6',
  `docker run --name migrate --network shop tiny:1 ${quoteWords(['sh', '-c', MIGRATION])}`,
  `docker run --name db --network shop -v orders:/data -e DB_PASSWORD=harbour db:16 ${quoteWords(['sh', '-c', DB])}`,
  `docker run --name worker --network shop tiny:1 ${quoteWords(['sh', '-c', QUIET])}`,
  `docker run --name web --network shop -p 8080:80 -e APP_ENV=demo -v uploads:/var/www shop:7 ${quoteWords(['sh', '-c', WEB])}`,
];

/** Fills an engine with a small shop, made from `tiny:1` alone. */
export async function setScene(endpoint: Endpoint): Promise<void> {
  const engine = await connect(endpoint);
  try {
    await engine.carryOut({ do: 'tag', image: { id: BASE_IMAGE, name: BASE_IMAGE }, as: 'db:16' });
    await buildShop(engine);
    await engine.carryOut({ do: 'create-network', name: 'shop', driver: '', subnet: '', internal: false });
    await engine.carryOut({ do: 'create-volume', name: 'backup', driver: '' });
    // oxlint-disable-next-line no-await-in-loop -- in the order in which they are to be listed
    for (const line of RUNS) await run(engine, line);
  } finally {
    engine.close();
  }
}

async function run(engine: Engine, line: string): Promise<void> {
  const parsed = parseRunLine(line);
  if (!parsed.ok) throw new Error(`${line}: ${parsed.why}`);
  try {
    await engine.carryOut({ do: 'run', spec: parsed.spec });
  } catch (error) {
    if (!(error instanceof EngineError) || parsed.spec.name !== 'report') throw error;
  }
}
