import { build } from 'esbuild';
import { join } from 'node:path';

/** `open-layers.ts` as one file, as the program itself is: Node takes 40 MB to read TypeScript. */
export async function bundleOpener(folder: string): Promise<string> {
  const outfile = join(folder, 'open-layers.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'open-layers.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.12',
    minify: true,
    logLevel: 'warning',
  });
  return outfile;
}
