import { fileURLToPath } from 'node:url';

// The bundle lies flat in dist/, its chunks beside its programs and its assets in assets/; from source, Node runs the .ts files.
const isBundle = !import.meta.url.endsWith('.ts');

/** A program of this folder that runs in a process of its own. */
export function programFile(name: 'keeper' | 'bridge' | 'listen-inside'): string {
  return fileURLToPath(new URL(`./${name}.${isBundle ? 'js' : 'ts'}`, import.meta.url));
}

export function assetFile(path: string): string {
  return fileURLToPath(new URL(isBundle ? `./assets/${path}` : `./${path}`, import.meta.url));
}
