import { build as bundle } from 'esbuild';
import { join } from 'node:path';

/** Bundles the floor as the program itself is: one minified file, React for production. Gives the file. */
export async function bundleFloor(folder: string): Promise<string> {
  const outfile = join(folder, 'floor.mjs');
  await bundle({
    entryPoints: [join(import.meta.dirname, 'floor-list.tsx')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.12',
    jsx: 'automatic',
    minify: true,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: {
      js: `import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);`,
    },
    plugins: [
      {
        // Ink imports it only when a developer has it installed; bundled, its absence would stop the start.
        name: 'without-devtools',
        setup(build) {
          build.onResolve({ filter: /^react-devtools-core$/ }, () => ({
            path: 'devtools',
            namespace: 'stub',
          }));
          build.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export default {}' }));
        },
      },
    ],
  });
  return outfile;
}
