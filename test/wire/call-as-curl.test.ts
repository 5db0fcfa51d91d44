import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { splitWords } from '../../src/engine/shell-words.ts';
import { callAsCurl } from '../../src/wire/call-as-curl.ts';
import type { WireCall } from '../../src/wire/wire-call.ts';
import { aCall, json } from '../model/wire-calls.ts';
import { testEngines } from '../support/engines.ts';

const HERE = { host: 'unix:///run/docker.sock' };
const line = (call: WireCall): string => callAsCurl(call, HERE).line;
const note = (call: WireCall): string => callAsCurl(call, HERE).note;
const sent = (value: unknown): Partial<WireCall> => ({
  sent: 10,
  contentType: 'application/json',
  request: json(value),
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-curl-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Pastes a line into sh. */
async function paste(command: string): Promise<{ code: number; out: string; complaints: string }> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { cwd: folder, timeout: 20_000 }, (error, out, complaints) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), out, complaints });
    });
  });
}

describe.each(await testEngines())('pasted into sh, with $name', ({ name: engine, host, image }) => {
  const name = `curl-${engine}-${process.pid}`;
  const words = `it's "so" $HOME & \`pwd\` \\ #1 [a] {b} ü`;

  async function run(call: WireCall): Promise<string> {
    const made = callAsCurl({ ...call, version: 'v1.40' }, { host });
    const { code, out, complaints } = await paste(made.line);
    expect({ code, complaints }, made.line).toEqual({ code: 0, complaints: '' });
    return out;
  }

  afterAll(async () => {
    await run(aCall(1, `DELETE /containers/${name}?force=1`));
  });

  test('calls do what they did, from the first ping to a command inside', async () => {
    expect(await run(aCall(1, 'HEAD /_ping'))).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    const body = { Image: image, Cmd: ['sleep', '1d'], Labels: { words } };
    const created = await run(aCall(2, `POST /containers/create?name=${name}`, sent(body)));
    expect(JSON.parse(created)).toMatchObject({ Id: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await run(aCall(3, `POST /containers/${name}/start`))).toBe('');
    const seen = JSON.parse(await run(aCall(4, `GET /containers/${name}/json`))) as {
      State: unknown;
      Config: unknown;
    };
    expect(seen).toMatchObject({ State: { Running: true }, Config: { Labels: { words } } });
    const filter = `{"name":["${name}"]}`;
    const listed = JSON.parse(await run(aCall(5, `GET /containers/json?all=1&filters=${filter}`)));
    expect(listed).toMatchObject([{ Names: [`/${name}`] }]);
    expect(await run(aCall(6, `GET /containers/${name}/archive?path=/etc`))).toBe('');
    expect((await readFile(join(folder, 'archive.tar'))).subarray(257, 262).toString()).toBe('ustar');
    const put = aCall(7, `PUT /containers/${name}/archive?path=/tmp`, {
      sent: 10,
      contentType: 'application/x-tar',
    });
    expect(await run(put)).toBe('');
    expect(await run(aCall(8, 'GET /events?since=0&until=1'))).toBe('');
    // An upgraded call does the same without the upgrade.
    const prepare = sent({ AttachStdout: true, Cmd: ['echo', words] });
    const { Id } = JSON.parse(await run(aCall(1, `POST /containers/${name}/exec`, prepare))) as {
      Id: string;
    };
    const start = { mode: 'upgraded', ...sent({ Detach: false, Tty: false }) } as const;
    expect(await run(aCall(2, `POST /exec/${Id}/start 101`, start))).toContain(`${words}\n`);
  });
});

describe('a call as curl', () => {
  test('needs no method for GET, and says what was asked', () => {
    expect(line(aCall(1, 'GET /containers/json'))).toBe(
      'curl -sS --unix-socket /run/docker.sock http://localhost/v1.41/containers/json',
    );
    expect(line(aCall(1, 'GET /_ping', { version: '' }))).toMatch(/http:\/\/localhost\/_ping$/);
    expect(note(aCall(1, 'GET /containers/json'))).toBe('');
  });
  test('has its path as it was, and is no pattern', () => {
    expect(line(aCall(1, 'GET /networks/%2e%2e'))).toContain(' --path-as-is ');
    expect(line(aCall(1, 'GET /networks/..a'))).not.toContain('--path-as-is');
    expect(line(aCall(1, 'GET /networks?filters={"a":["b"]}'))).toContain(' --globoff ');
    expect(line(aCall(1, 'GET /networks/a#b?c=#d'))).toContain('/networks/a%23b?c=%23d');
  });
  test('does not wait for a stream to fill a buffer', () => {
    for (const asked of ['GET /events', 'GET /containers/a/logs?follow=1', 'POST /images/create?fromImage=a'])
      expect(line(aCall(1, asked)), asked).toContain(' --no-buffer ');
    expect(line(aCall(1, 'GET /moons', { endedAfter: null }))).toContain(' --no-buffer ');
    expect(line(aCall(1, 'GET /containers/json'))).not.toContain('--no-buffer');
  });
  test('stays one line, whatever the body looks like', () => {
    const text = '{\n  "Image": "a",\n  "Cmd": ["echo", "it\'s\\nnew"]\n}\n';
    const made = line(aCall(1, 'POST /containers/create', { sent: 9, request: { text, cut: false } }));
    expect(made).not.toContain('\n');
    const read = splitWords(made);
    const body = read.ok ? read.words.at(-1)?.text : '';
    expect(JSON.parse(body ?? '')).toEqual({ Image: 'a', Cmd: ['echo', "it's\nnew"] });
  });
  test('says which file an archive comes from or goes to', () => {
    const load = aCall(1, 'POST /images/load', { sent: 9, contentType: 'application/x-tar' });
    expect(line(load)).toContain("-H 'Content-Type: application/x-tar' --data-binary @archive.tar");
    expect(note(load)).toBe('The archive that was sent is not kept: put it into archive.tar.');
    expect(line(aCall(1, 'GET /images/get?names=a'))).toContain(' -o archive.tar ');
    expect(note(aCall(1, 'GET /containers/a/export'))).toBe('The answer goes into archive.tar.');
  });
  test('does not send half a body', () => {
    const call = aCall(1, 'POST /containers/create', {
      sent: 9e5,
      request: { text: '{"Image":"a', cut: true },
    });
    expect(line(call)).toContain(' --data-binary @body.json');
    expect(line(call)).not.toContain('"Image"');
    expect(note(call)).toBe('The body was longer than what is kept: put it into body.json.');
  });
  test('says that a secret has to be filled in, where it is in the line', () => {
    const request = json({ Env: ['PASSWORD=••••'] });
    expect(note(aCall(1, 'POST /containers/create', { sent: 9, request, masked: true }))).toBe(
      'A secret is masked: write it where •••• stands.',
    );
    expect(note(aCall(1, 'GET /containers/a/json', { response: request, masked: true }))).toBe('');
  });
  test('tells what a pasted upgrade cannot do', () => {
    expect(note(aCall(1, 'POST /containers/a/attach 101', { mode: 'upgraded' }))).toMatch(
      /^It shows the output only/,
    );
    expect(note(aCall(1, 'POST /exec/1/start 101', { mode: 'upgraded' }))).toMatch(
      /^A prepared command runs once/,
    );
    expect(note(aCall(1, 'POST /session 101', { mode: 'upgraded' }))).toMatch(/curl does not\.$/);
  });
  test('goes to the engine on screen, as far as curl can', () => {
    const call = aCall(1, 'GET /info');
    expect(callAsCurl(call, { host: 'tcp://build:2375' })).toEqual({
      line: 'curl -sS http://build:2375/v1.41/info',
      note: '',
    });
    expect(callAsCurl(call, { host: 'tcp://build:2376' }).note).toContain('--cacert');
    expect(callAsCurl(call, { host: 'ssh://me@build/run/docker.sock' }).note).toBe(
      'Run it on the engine’s machine: ssh me@build',
    );
    expect(callAsCurl(call, { host: 'unix:///tmp/a b/engine.sock' }).line).toContain(
      "'/tmp/a b/engine.sock'",
    );
  });
});
