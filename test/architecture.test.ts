import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layerViolations } from './support/layers.ts';

const root = join(import.meta.dirname, '..');

/** Everything that is or may become part of the project: not what git ignores. */
function projectFiles(): string[] {
  const options = { cwd: root, encoding: 'utf8' } as const;
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options)
    .split('\0')
    .filter((path) => path && existsSync(join(root, path)));
}

test('the project keeps to its folders, directions and lock files', () => {
  const files = projectFiles();
  expect(files).toContain('src/slipway.ts');
  const sources = files.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  expect(layerViolations(sources)).toEqual([]);
});

describe('the checker finds', () => {
  const found = (path: string, text: string) => layerViolations([{ path, text }]);

  test.each([
    ['src/engine/a.ts', "import { b } from '../model/b.ts';", 'engine must not know model'],
    ['src/engine/a.ts', "import type { B } from '../model/b.ts';", 'engine must not know model'],
    ['src/engine/routes/a.ts', "export * from '../../app/b.ts';", 'engine must not know app'],
    ['src/wire/a.ts', "import '../sandbox/b.ts';", 'wire must not know sandbox'],
    ['src/model/a.ts', "const b = await import('../ui/b.tsx');", 'model must not know ui'],
    ['src/model/a.ts', "import {\n  b,\n  c,\n} from '../app/b.ts';", 'model must not know app'],
    ['src/terminal/a.ts', "import { b } from '../engine/b.ts';", 'terminal must not know engine'],
    ['src/model/a.ts', "import { b } from '../terminal/b.ts';", 'model must not know terminal'],
    ['src/app/a.ts', "import { b } from '../classroom/b.ts';", 'app must not know classroom'],
    ['src/classroom/a.ts', "import { b } from '../app/b.ts';", 'classroom must not know app'],
    ['src/app/a.ts', "import { b } from '../main.tsx';", 'app must not know main'],
    ['src/app/a.ts', "import { b } from '../../test/b.ts';", 'app must not know test'],
    ['src/novel/a.ts', "import { b } from '../engine/b.ts';", 'novel must not know engine'],
    ['src/app/a.ts', "import { useState } from 'react';", 'React and Ink only in'],
    ['src/model/a.ts', "import type { Key } from 'ink';", 'React and Ink only in'],
    ['src/sandbox/a.ts', "import http from 'node:http';", 'HTTP and TLS only in'],
    ['src/app/a.ts', "import { connect } from 'net';", 'plain sockets only in'],
    ['src/app/a.ts', "import Docker from 'dockerode';", 'a library that speaks to engines only in'],
    ['src/app/a.ts', "import { spawn } from 'node-pty';", 'a pseudo-terminal only in'],
    ['src/model/a.ts', "import { readFile } from 'node:fs/promises';", 'the model is pure'],
    ['src/engine/index.ts', '', 'no barrels'],
    ['src/ui/utils/text.ts', '', 'a folder named utils says nothing'],
    ['test/helpers/text.ts', '', 'a folder named helpers says nothing'],
    ['scripts/build.sh', '', 'no place for scripts'],
    [
      'package-lock.json',
      '{"packages":{"node_modules/a":{"resolved":"https://registry.example/a.tgz","integrity":"x"}}}',
      'names a registry',
    ],
    ['src/setup/runtime/package-lock.json', '{"packages":{"node_modules/a":{}}}', 'has no checksum'],
  ])('what is wrong in %s: %s', (path, text, message) => {
    expect(found(path, text)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['src/app/a.ts', "import { b } from '../model/b.ts'; import { c } from '../engine/routes/c.ts';"],
    ['src/ui/a.tsx', "import { Text } from 'ink'; import { b } from './widgets/b.tsx';"],
    ['src/engine/a.ts', "import { request } from 'node:http'; import { connect } from 'node:net';"],
    ['src/sandbox/a.ts', "import { createServer } from 'node:net';"],
    ['src/sandbox/registry/a.ts', "import { createServer } from 'node:http';"],
    ['src/model/a.ts', "// import { b } from '../ui/b.ts';\n/* from 'react' */ const url = 'http://x';"],
    ['src/main.tsx', "import { render } from 'ink'; import { b } from './ui/b.tsx';"],
    ['.ci/run', ''],
    ['package-lock.json', '{"packages":{"":{},"node_modules/a":{"integrity":"x"}}}'],
  ])('nothing wrong in %s: %s', (path, text) => {
    expect(found(path, text)).toEqual([]);
  });
});
