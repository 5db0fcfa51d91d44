import { join } from 'node:path';
import type { Terminal } from '../support/terminal.ts';
import { DEMO } from './scene.ts';
import type { Shot } from './shot.ts';
import { BIG, clearPrompt, SHELL, showWeb } from './show-web.ts';

/** The stack of `shop:7` on the whole window; its topmost layer is chosen. */
async function showLayers(terminal: Terminal): Promise<void> {
  await showWeb(terminal);
  terminal.press('2', 'j', 'j');
  await terminal.until(/▸ shop:7 /);
  terminal.press('v');
  // Which other images have a layer, too, is told when the files are read.
  await terminal.until(/RUN chmod[^]* s\d COPY tiny[^]*layers, /);
  terminal.press('+');
  await terminal.untilGone('2 Images');
}

/** Everything up to the topmost layer, beside the stack. */
async function showTree(terminal: Terminal): Promise<void> {
  await showLayers(terminal);
  terminal.press('enter', 't', '/');
  terminal.type('card.so\n');
  await terminal.until(/▸.*card\.so/);
}

/** What the pictures of “See inside” show. */
export const SEE_INSIDE_SHOTS: readonly Shot[] = [
  { ...BIG, name: 'layers', play: showTree },
  { ...BIG, name: 'layers-small', columns: 80, rows: 24, play: showLayers },
  {
    ...BIG,
    name: 'waste',
    async play(terminal) {
      await showLayers(terminal);
      terminal.press('w');
      await terminal.until(/efficient:[^]*vendor\.tar/);
    },
  },
  {
    ...BIG,
    name: 'compare',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('2', 'j');
      await terminal.until(/▸ shop:6 /);
      terminal.press('=');
      await terminal.until(/Compare shop:6 with which image[^]*shop:7/);
      terminal.press('down', 'down', 'enter');
      await terminal.until(/Only in shop:7/);
    },
  },
  {
    ...BIG,
    name: 'own-layer',
    env: SHELL,
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('v');
      await terminal.until(/own layer/);
      terminal.press('enter');
      // Sizes come one by one, after the names.
      await terminal.until(/ B \/var\/access\.log[^]* kB \/var\/cache\/shop\/index\.cache/);
      await clearPrompt(terminal);
      terminal.type("docker exec web sh -c 'echo 20% off > /shop/pages/sale.html'\n");
      await terminal.until(/•[^]* 8 B \/shop\/pages\/sale\.html/);
    },
    async tidy(terminal) {
      terminal.type('docker exec web rm /shop/pages/sale.html\n');
      await terminal.untilGone(/ B \/shop\/pages\/sale\.html/);
    },
  },
  {
    ...BIG,
    name: 'files',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('f');
      await terminal.until(/shop\//);
    },
  },
  {
    ...BIG,
    name: 'mounts',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('d');
      await terminal.until(/own layer +\d/);
    },
  },
  {
    ...BIG,
    name: 'places',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('D');
      await terminal.until(/volume orders +700 kB/);
      await terminal.untilGone('Measuring');
    },
  },
  {
    ...BIG,
    name: 'disk',
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('U');
      await terminal.until(/orders +700 kB +│/);
      await terminal.untilGone('Measuring');
    },
  },
  {
    ...BIG,
    name: 'build',
    env: SHELL,
    async play(terminal) {
      await showWeb(terminal);
      terminal.press('B');
      await terminal.until('Build an image');
      terminal.type(join(DEMO, 'shop'));
      await terminal.until(/Left out +1 file/);
      terminal.press('tab');
      terminal.type('shop:8');
      terminal.press('enter');
      await terminal.until(/✗ failed[^]*Dockerfile, line[^]*Esc close +✗/);
    },
    async tidy(terminal) {
      terminal.press('esc');
      await terminal.untilGone('Dockerfile, line');
      terminal.press('6');
      await terminal.until(/6 Terminal ──\[bash\][^]*[#$] /);
      terminal.type('docker image prune -f\n');
      await terminal.until('Total reclaimed space');
    },
  },
];
