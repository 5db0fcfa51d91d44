import type { Command, Ref, RunSpec } from '../engine/commands.ts';
import type { EngineFamily } from '../engine/engine.ts';
import { commandLine } from '../engine/command-line.ts';
import {
  formatMount,
  formatPort,
  parseEnv,
  parseMount,
  parsePort,
  type Parsed,
} from '../engine/run-fields.ts';
import { EMPTY_RUN_SPEC, formatRunLine, parseRunLine } from '../engine/run-line.ts';
import { quoteWords, splitWords } from '../engine/shell-words.ts';
import { editLine, insert, lineInput, type LineInput } from './line-input.ts';

/** A dialog with fields; what it makes is a command, and the line that says it is always in view. */
export type Form = {
  purpose: Purpose;
  title: string;
  fields: readonly Field[];
  focused: number;
  tool: EngineFamily;
  /** Why it cannot be sent as it is; shown after the first try. */
  problem: string;
};

export type Field = {
  id: string;
  label: string;
  hint: string;
  value: { kind: 'text'; input: LineInput } | { kind: 'toggle'; on: boolean };
};

export type Purpose =
  | { kind: 'run'; spec: RunSpec }
  | { kind: 'rename'; container: Ref }
  | { kind: 'tag'; image: Ref }
  | { kind: 'pull' }
  | { kind: 'create-volume' }
  | { kind: 'create-network' };

export type Made = { ok: true; command: Command } | { ok: false; why: string };

const text = (id: string, label: string, hint: string, value = ''): Field => ({
  id,
  label,
  hint,
  value: { kind: 'text', input: lineInput(value) },
});
const toggle = (id: string, label: string, hint: string, on = false): Field => ({
  id,
  label,
  hint,
  value: { kind: 'toggle', on },
});

/** The editable command line of the run form; the other fields follow it, and it follows them. */
export const LINE_FIELD = 'line';

export function openForm(purpose: Purpose, tool: EngineFamily): Form {
  const form: Form = {
    purpose,
    title: TITLES[purpose.kind],
    fields: makeFields(purpose),
    focused: 0,
    tool,
    problem: '',
  };
  return purpose.kind === 'run' ? withLine(form) : form;
}

const TITLES: Readonly<Record<Purpose['kind'], string>> = {
  run: 'Run a container',
  rename: 'Rename',
  tag: 'Tag an image',
  pull: 'Pull an image',
  'create-volume': 'Create a volume',
  'create-network': 'Create a network',
};

function makeFields(purpose: Purpose): readonly Field[] {
  switch (purpose.kind) {
    case 'run':
      return runFields(purpose.spec);
    case 'rename':
      return [text('to', 'New name', `now ${purpose.container.name}`, purpose.container.name)];
    case 'tag':
      return [text('as', 'New tag', 'name:tag, or registry/name:tag', purpose.image.name)];
    case 'pull':
      return [text('image', 'Image', 'name:tag; latest where no tag is given')];
    case 'create-volume':
      return [text('name', 'Name', 'empty: the engine makes one up'), text('driver', 'Driver', '', 'local')];
    case 'create-network':
      return [
        text('name', 'Name', ''),
        text('driver', 'Driver', 'bridge, macvlan, …', 'bridge'),
        text('subnet', 'Subnet', 'such as 10.5.0.0/16; empty: the engine picks one'),
        toggle('internal', 'Internal', 'no way out of it'),
      ];
  }
}

function runFields(spec: RunSpec): readonly Field[] {
  return [
    text('image', 'Image', '', spec.image),
    text('name', 'Name', 'empty: the engine makes one up', spec.name),
    text('command', 'Command', 'empty: what the image says', quoteWords(spec.command)),
    text('ports', 'Ports', 'host:container, such as 8080:80', quoteWords(spec.ports.map(formatPort))),
    text('env', 'Env', 'NAME=value, several with spaces', quoteWords(spec.env)),
    text(
      'mounts',
      'Volumes',
      'notes:/data, or /host/path:/data:ro',
      quoteWords(spec.mounts.map((m) => formatMount(m)[1])),
    ),
    toggle('autoRemove', 'Remove', '--rm: remove it when it ends', spec.autoRemove),
    toggle('interactive', 'Keep open', '-it: a terminal and an open input', spec.interactive && spec.tty),
    text(LINE_FIELD, 'As typed', 'edit the line itself, the fields follow'),
  ];
}

export function textOf(form: Form, id: string): string {
  const value = form.fields.find((f) => f.id === id)?.value;
  return value?.kind === 'text' ? value.input.text.trim() : '';
}

function isOn(form: Form, id: string): boolean {
  const value = form.fields.find((f) => f.id === id)?.value;
  return value?.kind === 'toggle' && value.on;
}

/** What the form would do as it stands. */
export function makeCommand(form: Form): Made {
  const { purpose } = form;
  switch (purpose.kind) {
    case 'run':
      return makeRun(form);
    case 'rename':
      return need(form, 'to', (to) => ({ do: 'rename', container: purpose.container, to }));
    case 'tag':
      return need(form, 'as', (as) => ({ do: 'tag', image: purpose.image, as }));
    case 'pull':
      return need(form, 'image', (image) => ({ do: 'pull', image }));
    case 'create-volume':
      return made({
        do: 'create-volume',
        name: textOf(form, 'name'),
        driver: textOf(form, 'driver') || 'local',
      });
    case 'create-network':
      return need(form, 'name', (name) => ({
        do: 'create-network',
        name,
        driver: textOf(form, 'driver') || 'bridge',
        subnet: textOf(form, 'subnet'),
        internal: isOn(form, 'internal'),
      }));
  }
}

const made = (command: Command): Made => ({ ok: true, command });

function need(form: Form, id: string, make: (value: string) => Command): Made {
  const value = textOf(form, id);
  const label = form.fields.find((f) => f.id === id)?.label ?? id;
  return value === '' ? { ok: false, why: `${label} is empty.` } : made(make(value));
}

function makeRun(form: Form): Made {
  const spec = readSpec(form);
  if (!spec.ok) return spec;
  if (spec.spec.image === '') return { ok: false, why: 'Image is empty: which image should it run?' };
  return made({ do: 'run', spec: spec.spec });
}

/** The fields as a run spec; flags that have no field are kept as the purpose has them. */
function readSpec(form: Form): { ok: true; spec: RunSpec } | { ok: false; why: string } {
  const known = form.purpose.kind === 'run' ? form.purpose.spec : EMPTY_RUN_SPEC;
  const command = splitWords(textOf(form, 'command'));
  if (!command.ok) return { ok: false, why: `Command: ${command.why}` };
  const env = readEach(form, 'env', 'Env', parseEnv);
  if (!env.ok) return env;
  const ports = readEach(form, 'ports', 'Ports', parsePort);
  if (!ports.ok) return ports;
  const mounts = readEach(form, 'mounts', 'Volumes', parseMount);
  if (!mounts.ok) return mounts;
  const open = isOn(form, 'interactive');
  const spec: RunSpec = {
    ...known,
    image: textOf(form, 'image'),
    name: textOf(form, 'name'),
    command: command.words.map((w) => w.text),
    ports: ports.values,
    env: env.values,
    mounts: mounts.values,
    autoRemove: isOn(form, 'autoRemove'),
    interactive: open,
    tty: open,
  };
  return { ok: true, spec };
}

function readEach<T>(
  form: Form,
  id: string,
  label: string,
  parse: (word: string) => Parsed<T>,
): { ok: true; values: T[] } | { ok: false; why: string } {
  const words = splitWords(textOf(form, id));
  if (!words.ok) return { ok: false, why: `${label}: ${words.why}` };
  const values: T[] = [];
  for (const word of words.words) {
    const parsed = parse(word.text);
    if (!parsed.ok) return { ok: false, why: `${label}: ${parsed.why}` };
    values.push(parsed.value);
  }
  return { ok: true, values };
}

/** The line at the foot of a form: what it would run, or why it cannot yet. */
export function formLine(form: Form): string {
  const result = makeCommand(form);
  return result.ok ? commandLine(result.command, form.tool) : '';
}

/** A key inside a form; null when it means nothing to the focused field. */
export function editForm(form: Form, key: string): Form | null {
  const field = form.fields[form.focused];
  if (field === undefined) return null;
  if (field.value.kind === 'toggle') {
    if (key !== 'space' && key !== 'left' && key !== 'right') return null;
    return follow(withValue(form, { kind: 'toggle', on: !field.value.on }));
  }
  const input = editLine(field.value.input, key);
  return input === null ? null : follow(withValue(form, { kind: 'text', input }));
}

export function pasteIntoForm(form: Form, pasted: string): Form {
  const value = form.fields[form.focused]?.value;
  if (value?.kind !== 'text') return form;
  return follow(withValue(form, { kind: 'text', input: insert(value.input, pasted) }));
}

export function moveField(form: Form, by: number): Form {
  const count = form.fields.length;
  return { ...form, focused: (form.focused + by + count) % count };
}

function withValue(form: Form, value: Field['value']): Form {
  const fields = form.fields.map((f, i) => (i === form.focused ? { ...f, value } : f));
  return { ...form, fields, problem: '' };
}

/** Keeps the run form's line and its fields saying the same. */
function follow(form: Form): Form {
  if (form.purpose.kind !== 'run') return form;
  return form.fields[form.focused]?.id === LINE_FIELD ? withFieldsFromLine(form) : withLine(form);
}

function withLine(form: Form): Form {
  const read = readSpec(form);
  if (!read.ok) return { ...form, problem: read.why };
  const line = formatRunLine(read.spec, form.tool);
  const fields = form.fields.map((f) =>
    f.id === LINE_FIELD ? { ...f, value: { kind: 'text' as const, input: lineInput(line) } } : f,
  );
  return { ...form, fields, problem: '' };
}

function withFieldsFromLine(form: Form): Form {
  const parsed = parseRunLine(textOf(form, LINE_FIELD));
  if (!parsed.ok) return { ...form, problem: parsed.why };
  const line = form.fields.find((f) => f.id === LINE_FIELD)!;
  const fields = runFields(parsed.spec).map((f) => (f.id === LINE_FIELD ? line : f));
  return { ...form, purpose: { kind: 'run', spec: parsed.spec }, fields, problem: '' };
}

/** The form with the reason why it was not sent. */
export function refuse(form: Form, why: string): Form {
  return { ...form, problem: why };
}
