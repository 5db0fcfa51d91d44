import { describe, expect, test } from 'vitest';
import { EMPTY_RUN_SPEC, formatRunLine } from '../../src/engine/run-line.ts';
import { LINE_FIELD } from '../../src/model/form-fields.ts';
import {
  editForm,
  formLine,
  moveField,
  openForm,
  pasteIntoForm,
  type Form,
  type Purpose,
} from '../../src/model/forms.ts';
import { textOf } from '../../src/model/form-field.ts';
import { makeCommand } from '../../src/model/make-command.ts';
import { typed } from './build-state.ts';

function focusOn(form: Form, id: string): Form {
  const at = form.fields.findIndex((f) => f.id === id);
  return moveField(form, at - form.focused);
}
function type(form: Form, ...keys: readonly string[]): Form {
  return keys.reduce((now, key) => editForm(now, key) ?? now, form);
}
const write = (form: Form, id: string, text: string): Form =>
  type(focusOn(form, id), 'ctrl-e', 'ctrl-u', ...typed(text));
const runForm = (image = 'tiny:1'): Form =>
  openForm({ kind: 'run', spec: { ...EMPTY_RUN_SPEC, image } }, 'docker');
const specOf = (form: Form) => {
  const made = makeCommand(form);
  if (!made.ok || !('command' in made) || made.command.do !== 'run')
    throw new Error(`no run command: ${JSON.stringify(made)}`);
  return made.command.spec;
};
const ref = { id: 'c-web', name: 'web' };

describe('a form', () => {
  test.each<[Purpose, Record<string, string>, string]>([
    [{ kind: 'rename', container: ref }, { to: 'shop' }, 'docker rename web shop'],
    [
      { kind: 'tag', image: { id: 'sha256:a', name: 'tiny:1' } },
      { as: 'own/tiny:2' },
      'docker tag tiny:1 own/tiny:2',
    ],
    [{ kind: 'pull' }, { image: 'busybox' }, 'docker pull busybox'],
    [{ kind: 'create-volume' }, { name: 'notes' }, 'docker volume create notes'],
    [{ kind: 'create-volume' }, {}, 'docker volume create'],
    [
      { kind: 'create-network' },
      { name: 'own', subnet: '10.5.0.0/16' },
      'docker network create --subnet 10.5.0.0/16 own',
    ],
  ])('for %j says the command that it makes', (purpose, values, line) => {
    const form = Object.entries(values).reduce(
      (f, [id, text]) => write(f, id, text),
      openForm(purpose, 'docker'),
    );
    expect(formLine(form)).toBe(line);
  });
  test.each<[Purpose, string]>([
    [{ kind: 'rename', container: ref }, 'to'],
    [{ kind: 'tag', image: ref }, 'as'],
    [{ kind: 'pull' }, 'image'],
    [{ kind: 'create-network' }, 'name'],
    [{ kind: 'run', spec: EMPTY_RUN_SPEC }, 'image'],
  ])('for %j cannot be sent without %s', (purpose, id) => {
    const made = makeCommand(write(openForm(purpose, 'docker'), id, '  '));
    expect(made).toMatchObject({ ok: false, why: expect.stringContaining('is empty') as string });
  });
  test('speaks of podman where that is the engine', () => {
    expect(formLine(write(openForm({ kind: 'pull' }, 'podman'), 'image', 'tiny'))).toBe('podman pull tiny');
  });
  test('goes round its fields in both directions', () => {
    const form = openForm({ kind: 'create-volume' }, 'docker');
    expect(moveField(form, -1).focused).toBe(1);
    expect(moveField(moveField(form, 1), 1).focused).toBe(0);
  });
  test('switches a toggle with space, and lets letters pass by it', () => {
    const form = focusOn(openForm({ kind: 'create-network' }, 'docker'), 'internal');
    expect(formLine(write(type(form, 'space'), 'name', 'own'))).toBe('docker network create --internal own');
    expect(editForm(form, 'x')).toBeNull();
    expect(pasteIntoForm(form, 'x')).toBe(form);
  });
});

describe('the run form', () => {
  test('has its line follow every field', () => {
    const filled = (
      [
        ['name', 'web'],
        ['ports', '8080:80'],
        ['env', 'A=1 "B=two words"'],
        ['mounts', 'notes:/data /srv:/srv:ro'],
        ['command', "sh -c 'echo hi'"],
      ] as const
    ).reduce((form, [id, text]) => write(form, id, text), runForm());
    const form = type(focusOn(filled, 'autoRemove'), 'space');
    expect(textOf(form, LINE_FIELD)).toBe(
      "docker run -d --name web -p 8080:80 -e A=1 -e 'B=two words' -v notes:/data -v /srv:/srv:ro --rm tiny:1 sh -c 'echo hi'",
    );
    expect(textOf(form, LINE_FIELD)).toBe(formLine(form));
  });
  test('has its fields follow the line', () => {
    const form = write(
      runForm(),
      LINE_FIELD,
      'docker run --rm -it --name web -p 80:80 -v notes:/data -e A=1 other:2 sh',
    );
    const values = ['image', 'name', 'command', 'ports', 'env', 'mounts'].map((id) => textOf(form, id));
    expect(values).toEqual(['other:2', 'web', 'sh', '80:80', 'A=1', 'notes:/data']);
    expect(specOf(form)).toMatchObject({ autoRemove: true, interactive: true, tty: true });
  });
  test('keeps flags that have no field, also when a field is edited after the line', () => {
    const form = write(
      runForm(),
      LINE_FIELD,
      'docker run --network own -w /srv -u 1000 -l a=b --restart always tiny:1',
    );
    const spec = specOf(write(form, 'name', 'web'));
    expect(spec).toMatchObject({
      network: 'own',
      workdir: '/srv',
      user: '1000',
      labels: { a: 'b' },
      restart: 'always',
      name: 'web',
    });
    expect(textOf(write(form, 'name', 'web'), LINE_FIELD)).toContain('--network own');
  });
  test('keeps what is typed in the line as it is typed', () => {
    const line = 'docker run   --name=web tiny:1';
    expect(textOf(write(runForm(), LINE_FIELD, line), LINE_FIELD)).toBe(line);
  });
  test.each([
    ['ports', 'eighty', /^Ports: /],
    ['env', '=x', /^Env: /],
    ['mounts', 'notes', /^Volumes: /],
    ['command', "sh -c 'open", /^Command: /],
    [LINE_FIELD, 'docker run --no-such tiny:1', /no-such/],
  ])('says what is wrong in %s at once, keeps the text, and takes the problem back', (id, text, problem) => {
    const form = write(runForm(), id, text);
    expect(form.problem).toMatch(problem);
    expect(textOf(form, id)).toBe(text);
    const right = id === LINE_FIELD ? write(form, id, 'docker run tiny:1') : write(form, id, '');
    expect(right.problem).toBe('');
    expect(makeCommand(right).ok).toBe(true);
  });
  test('takes a pasted command line', () => {
    const empty = type(focusOn(runForm(), LINE_FIELD), 'ctrl-e', 'ctrl-u');
    const form = pasteIntoForm(empty, 'docker run -d --name db \\\n  -p 5432:5432 postgres:17\n');
    expect(form.problem).toBe('');
    expect(textOf(form, 'name')).toBe('db');
    expect(textOf(form, 'image')).toBe('postgres:17');
  });
  test('makes the same command from the line that it writes', () => {
    const form = write(write(runForm(), 'env', "'A=it is' 'B=$HOME'"), 'command', 'sh -c "a b; c"');
    const again = write(runForm('other'), LINE_FIELD, formatRunLine(specOf(form), 'docker'));
    expect(specOf(again)).toEqual(specOf(form));
  });
});
