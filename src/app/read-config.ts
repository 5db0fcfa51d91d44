import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMeanHint } from '../engine/did-you-mean.ts';
import { UsageError } from '../engine/routes/usage-error.ts';
import { ACTIONS } from '../model/keymap.ts';
import { EMPTY_CONFIG, type Config } from '../model/config.ts';

/** Where the person's settings are: `$XDG_CONFIG_HOME/slipway/config.json`, else below `~/.config`. */
export function configFile(env: NodeJS.ProcessEnv, home: string): string {
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'slipway', 'config.json');
}

/** Reads the settings; without a file, none. Throws `UsageError` that names the file and what is wrong in it. */
export async function readConfig(file: string): Promise<Config> {
  const text = await readText(file);
  return text === null ? EMPTY_CONFIG : parseConfig(text, file);
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new UsageError(
      file,
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      [],
      { cause: error },
    );
  }
}

export function parseConfig(text: string, file: string): Config {
  const wrong = (what: string): UsageError =>
    new UsageError(file, `${file}: ${what}`, [
      'An example: {"keys": {"stop": ["s", "ctrl-s"]}, "mouse": false}',
    ]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(value)) throw wrong('is not an object');
  for (const name of Object.keys(value)) {
    if (name !== 'keys' && name !== 'mouse')
      throw wrong(`“${name}” is no setting${didYouMeanHint(name, ['keys', 'mouse'])}`);
  }
  const mouse = value['mouse'] ?? EMPTY_CONFIG.mouse;
  if (typeof mouse !== 'boolean') throw wrong('“mouse” is neither true nor false');
  return { mouse, keys: readKeys(value['keys'] ?? {}, wrong) };
}

function readKeys(value: unknown, wrong: (what: string) => UsageError): Config['keys'] {
  if (!isRecord(value)) throw wrong('“keys” is not an object');
  const ids = ACTIONS.map((a) => a.id);
  const keys: Record<string, readonly string[]> = {};
  for (const [id, bound] of Object.entries(value)) {
    if (!ids.includes(id)) throw wrong(`“${id}” is no action${didYouMeanHint(id, ids)}`);
    const list: readonly unknown[] = Array.isArray(bound) ? bound : [bound];
    if (!list.every((k): k is string => typeof k === 'string' && k !== ''))
      throw wrong(`the keys of “${id}” are not names of keys`);
    keys[id] = list;
  }
  return keys;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
