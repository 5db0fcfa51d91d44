import type { BuildSpec } from '../engine/build/build.ts';
import { commandLine } from '../engine/command-line.ts';
import type { Ref, RunSpec } from '../engine/commands.ts';
import type { EngineFamily } from '../engine/engine.ts';
import { formatRunLine, parseRunLine } from '../engine/run-line.ts';
import type { DataPurpose } from './data/data-form.ts';
import { FORM_TITLES, LINE_FIELD, makeFields, runFields } from './form-fields.ts';
import { textOf } from './form-field.ts';
import type { CopyPurpose } from './files/copy-form.ts';
import { editLine, insert, lineInput, type LineInput } from './line-input.ts';
import { makeCommand, readSpec } from './make-command.ts';

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
  /** `leaves` says what it does not take. */
  | { kind: 'commit'; container: Ref; leaves: readonly string[] }
  | { kind: 'pull' }
  | { kind: 'create-volume' }
  | { kind: 'create-network' }
  | { kind: 'build'; spec: BuildSpec }
  | CopyPurpose
  | DataPurpose;

export function openForm(purpose: Purpose, tool: EngineFamily): Form {
  const form: Form = {
    purpose,
    title: FORM_TITLES[purpose.kind],
    fields: makeFields(purpose),
    focused: 0,
    tool,
    problem: '',
  };
  return purpose.kind === 'run' ? withLine(form) : form;
}

/** The line at the foot of a form: what it would run, or why it cannot yet. */
export function formLine(form: Form): string {
  const result = makeCommand(form);
  if (!result.ok) return '';
  return 'effect' in result ? result.line : commandLine(result.command, form.tool);
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
