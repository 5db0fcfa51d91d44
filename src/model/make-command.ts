import type { Command, RunSpec } from '../engine/commands.ts';
import { parseEnv, parseMount, parsePort, type Parsed } from '../engine/run-fields.ts';
import { EMPTY_RUN_SPEC } from '../engine/run-line.ts';
import { splitWords } from '../engine/shell-words.ts';
import { makeBuild } from './build/build-form.ts';
import { isOn, textOf } from './form-field.ts';
import { makeCopyIn, makeCopyOut } from './files/copy-form.ts';
import { makeDataEffect } from './data/data-form.ts';
import type { Form } from './forms.ts';
import type { Effect } from './intents.ts';

export type Made =
  | { ok: true; command: Command }
  /** Something that is no command of the engine; `line` says what it comes to. */
  | { ok: true; effect: Effect; line: string }
  | { ok: false; why: string };

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
    case 'commit':
      return made({
        do: 'commit',
        container: purpose.container,
        as: textOf(form, 'as'),
        message: textOf(form, 'message'),
        pause: isOn(form, 'pause'),
      });
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
    case 'build':
      return makeBuild(form);
    case 'copy-out':
      return makeCopyOut(purpose, textOf(form, 'target'), form.tool);
    case 'copy-in':
      return makeCopyIn(purpose, textOf(form, 'source'), form.tool);
    case 'back-up-volume':
    case 'restore-volume':
    case 'copy-volume':
      return makeDataEffect(form, purpose);
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
export function readSpec(form: Form): { ok: true; spec: RunSpec } | { ok: false; why: string } {
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
