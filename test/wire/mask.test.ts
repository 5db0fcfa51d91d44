import { describe, expect, it, test } from 'vitest';
import { maskJson, maskQuery, maskText } from '../../src/wire/mask.ts';
import { BodyRecorder, isRecordable } from '../../src/wire/body-recorder.ts';

const SECRET = 'hunter2';
const M = '••••';

describe('a secret does not come through', () => {
  test.each([
    ['the password of a login', '/auth', `{"username":"u","password":"${SECRET}"}`],
    ['the token of a login', '/auth', `{"Status":"Login Succeeded","IdentityToken":"${SECRET}"}`],
    ['what a secret holds', '/secrets/create', `{"Name":"db","Data":"${SECRET}"}`],
    ['what a secret holds, updated', '/secrets/abc/update', `{"data":"${SECRET}"}`],
    ['the tokens of a swarm', '/swarm', `{"JoinTokens":{"Worker":"${SECRET}","Manager":"${SECRET}"}}`],
    ['the token that joins', '/swarm/join', `{"RemoteAddrs":["a"],"JoinToken":"${SECRET}"}`],
    ['the key that unlocks', '/swarm/unlock', `{"UnlockKey":"${SECRET}"}`],
    ['a variable', '/containers/create', `{"Env":["A=b","DB_PASSWORD=${SECRET}"]}`],
    ['a variable with spaces', '/containers/create', `{"Env":["DB_PASSWORD=a ${SECRET}"]}`],
    ['a variable of podman', '/libpod/containers/create', `{"env":{"DB_PASSWORD":"${SECRET}"}}`],
    ['a flag of podman', '/libpod/x', `{"CreateCommand":["podman","run","-e","API_KEY=${SECRET}"]}`],
    ['a build argument', '/build', `{"stream":"Step 1/2 : ARG NPM_TOKEN=${SECRET}\\n"}`],
    ['a login in an address', '/x', `{"remote":"https://me:${SECRET}@example.org/a.git"}`],
    ['an escaped name', '/auth', `{"pass\\u0077ord":"${SECRET}"}`],
    ['an escaped value', '/x', `{"Env":["T\\u004fKEN=${SECRET}"]}`],
    ['a number', '/x', '{"password":77771234}'],
    ['a value that was cut off', '/auth', `{"password":"${SECRET}`],
    ['a variable that was cut off', '/x', `{"Env":["A=1","DB_SECRET=${SECRET}`],
    ['one of several lines', '/x', `{"a":1}\n{"password":"${SECRET}"}\n`],
  ])('%s', (_name, path, body) => {
    const { text, masked } = maskJson(body, path);
    expect(text).not.toMatch(/hunter2|77771234/);
    expect(text).toContain(M);
    expect(masked).toBe(true);
  });
});

it('leaves the rest of the text as it is', () => {
  const body =
    '{ "Memory": 9223372036854771712,\n "Secrets":[{"SecretID":"abc","SecretName":"db"}], "SandboxKey":"/n/1", "Data":"x" }\n';
  expect(maskJson(body, '/services/create')).toEqual({ text: body, masked: false });
});

it('keeps masked JSON readable as JSON', () => {
  const { text } = maskJson('{"Env":["A_KEY=x\\"y"],"password":5,"n":[1,null]}', '/x');
  expect(JSON.parse(text)).toEqual({ Env: [`A_KEY=${M}`], password: M, n: [1, null] });
});

it('takes control characters out, escaped ones too, but keeps the ends of lines', () => {
  const { text } = maskJson('{"a":"\\u001b[31mred\\u202e\\n","b\\u0007":"\x1b[2Jx"}\r\n\t{"c":1}\n', '/x');
  expect(text).toBe('{"a":"red\\n","b":"x"}\n {"c":1}\n');
});

test.each([
  ['buildargs', `buildargs=${encodeURIComponent(`{"NPM_TOKEN":"${SECRET}","A":"b"}`)}&t=x`],
  ['a pair of values', `t=x&credentials=me:${SECRET}`],
  ['an address with a login', `remote=${encodeURIComponent(`https://me:${SECRET}@example.org`)}`],
  ['a change', `changes=${encodeURIComponent(`ENV API_KEY=${SECRET}`)}`],
  ['a parameter of its own', `password=${SECRET}`],
])('masks %s in a query', (_name, query) => {
  const { text, masked } = maskQuery(query, '/build');
  expect(text).not.toContain(SECRET);
  expect(decodeURIComponent(text)).toContain(M);
  expect(masked).toBe(true);
});

test.each([
  'all=1&filters=%7B%22name%22%3A%5B%22web%22%5D%7D',
  'rotateWorkerToken=true&version=3',
  'a=%zz&b&c=',
  '',
])('leaves the query %j as it is', (query) => {
  expect(maskQuery(query, '/x')).toEqual({ text: query, masked: false });
});

it('takes no longer for hostile text than for other text', () => {
  const long = 60_000;
  for (const text of ['KEY'.repeat(long / 3), 'a'.repeat(long), '='.repeat(long), '://'.repeat(long / 3)])
    expect(maskText(text)).toBe(text);
  const nested = '['.repeat(long);
  expect(maskJson(nested, '/x').text).toBe(nested);
}, 2_000);

describe('a recorded body', () => {
  it('is the beginning of what came, and says so', () => {
    const recorder = new BodyRecorder('/x');
    const line = `{"id":"ü"}\n`;
    for (let lines = 0; lines < 10_000; lines++) recorder.add(Buffer.from(line));
    const { text = '', cut } = recorder.read() ?? {};
    expect(cut).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64 * 1024);
    expect(text.startsWith(line)).toBe(true);
    expect(text).not.toContain('\ufffd');
  });

  it('is not cut when just all of it fits', () => {
    const recorder = new BodyRecorder('/x');
    recorder.add(Buffer.from(`"${'a'.repeat(64 * 1024 - 2)}"`));
    recorder.add(Buffer.alloc(0));
    expect(recorder.read()?.cut).toBe(false);
  });

  it.each([
    ['an archive', [['content-type', 'application/x-tar']], '/build', false],
    ['a stream', [['content-type', 'application/vnd.docker.raw-stream']], '/x', false],
    [
      'packed JSON',
      [
        ['content-type', 'application/json'],
        ['content-encoding', 'gzip'],
      ],
      '/x',
      false,
    ],
    ['JSON', [['content-type', 'application/json; charset=utf-8']], '/x', true],
    ['what podman does not name', [], '/libpod/containers/create', true],
    ['a secret for podman', [['content-type', 'application/json']], '/libpod/secrets/create', false],
  ] as const)('of %s', (_name, headers, path, expected) => {
    expect(isRecordable({ headers }, path)).toBe(expected);
  });

  it('is nothing when it is no JSON after all', () => {
    const recorder = new BodyRecorder('/libpod/x');
    recorder.add(Buffer.from('OK'));
    expect(recorder.read()).toBeNull();
  });
});
