import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Engine } from '../../src/engine/engine.ts';
import { TAR_END, headerBytes, tarPadding } from '../../src/engine/tar/header-bytes.ts';

/** Of every file: the pictures tell how old they are. */
const WRITTEN_AT = Date.UTC(2026, 10, 2, 9, 30);

type Files = Readonly<Record<string, Buffer | string>>;

/** The libraries come as an archive that is thrown away later, and get another mode at the end: both are waste. */
const DOCKERFILE = `FROM tiny:1
WORKDIR /shop
COPY vendor.tar /srv/
RUN mkdir vendor && tar -xf /srv/vendor.tar -C vendor
COPY pages pages
COPY shop.conf .
RUN rm /srv/vendor.tar
RUN echo 'currency = EUR' >> shop.conf
RUN chmod -R a+x vendor/pay
ENV APP_ENV=production
EXPOSE 80
`;

/** What stops the build of the next one: a page without a title. */
const CHECK = `# every page has a title
COPY check-pages .
RUN sh check-pages pages/*
`;

const CHECK_PAGES = `for page; do
  grep -q '<title>' "$page" || { echo "$page: no <title>"; exit 1; }
  echo "$page: ok"
done
`;

const page = (name: string, bytes: number): string =>
  `<title>${name}</title>\n`.padEnd(bytes, `<p>${name}</p>\n`);

const VENDOR: Files = {
  'cart/cart.so': Buffer.alloc(84_000, 'cart'),
  'mail/mail.so': Buffer.alloc(61_000, 'mail'),
  'mail/templates/order.txt': Buffer.alloc(4_200, 'order '),
  'mail/templates/welcome.txt': Buffer.alloc(3_100, 'welcome '),
  'pay/bank.so': Buffer.alloc(142_000, 'bank'),
  'pay/card.so': Buffer.alloc(118_000, 'card'),
};

const SIXTH: Files = {
  'pages/about.html': page('About', 3_400),
  'pages/cart.html': page('Cart', 9_800),
  'pages/index.html': page('Shop', 12_400),
  'pages/style.css': Buffer.alloc(18_600, '.row { margin: 0 }\n'),
  'shop.conf': 'port = 80\ncache = on\n',
};

const SEVENTH: Files = {
  ...SIXTH,
  'pages/cart.html': page('Your cart', 11_300),
  'pages/checkout.html': page('Check-out', 7_900),
  'shop.conf': 'port = 80\ncache = on\nworkers = 4\n',
};

/** Two versions of one image, which have their lower layers in common. */
export async function buildShop(engine: Engine): Promise<void> {
  await build(engine, 'shop:6', withVendor(SIXTH));
  await build(engine, 'shop:7', withVendor(SEVENTH));
}

/** A folder whose build gets as far as its last line. */
export async function writeNextShop(folder: string): Promise<void> {
  const { 'pages/checkout.html': _, ...rest } = SEVENTH;
  const files = withVendor(rest, {
    '.dockerignore': '*.log\n.git\n',
    'check-pages': CHECK_PAGES,
    'debug.log': Buffer.alloc(96_000, 'GET /cart 200\n'),
    Dockerfile: DOCKERFILE.replace('ENV', `${CHECK}ENV`),
    'pages/checkout.html': '<h1>Check-out</h1>\n',
  });
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    // oxlint-disable-next-line no-await-in-loop -- a handful
    await mkdir(dirname(file), { recursive: true });
    // oxlint-disable-next-line no-await-in-loop -- as above
    await writeFile(file, content);
  }
}

function withVendor(files: Files, more: Files = {}): Files {
  return { Dockerfile: DOCKERFILE, 'vendor.tar': archive(VENDOR), ...files, ...more };
}

async function build(engine: Engine, name: string, files: Files): Promise<void> {
  const request = {
    name,
    dockerfile: 'Dockerfile',
    args: [],
    target: '',
    noCache: false,
    pull: false,
  } as const;
  const signal = AbortSignal.timeout(60_000);
  const context = Readable.from([archive(files)], { objectMode: false });
  // What it tells is of no interest; a failure is thrown.
  for await (const _ of engine.build({ ...request, archive: context }, { signal }));
}

function archive(files: Files): Buffer {
  const parts = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const entry = { type: 'file', mode: 0o644, modifiedAt: WRITTEN_AT, target: Buffer.alloc(0) } as const;
    const header = headerBytes({ ...entry, path: Buffer.from(path), size: content.length });
    return [header, content, tarPadding(content.length)];
  });
  return Buffer.concat([...parts, TAR_END]);
}
