import type { RunSpec } from '../engine/commands.ts';
import { formatMount, formatPort } from '../engine/run-fields.ts';
import { quoteWords } from '../engine/shell-words.ts';
import { DATA_TITLES, dataFields } from './data/data-form.ts';
import type { Field, Purpose } from './forms.ts';
import { buildFields } from './build/build-form.ts';
import { textField as text, toggleField as toggle } from './form-field.ts';

/** The editable command line of the run form; the other fields follow it, and it follows them. */
export const LINE_FIELD = 'line';

export const FORM_TITLES: Readonly<Record<Purpose['kind'], string>> = {
  run: 'Run a container',
  rename: 'Rename',
  tag: 'Tag an image',
  commit: 'Make an image of the container',
  pull: 'Pull an image',
  'create-volume': 'Create a volume',
  'create-network': 'Create a network',
  build: 'Build an image',
  'copy-out': 'Copy out',
  'copy-in': 'Copy in',
  ...DATA_TITLES,
};

/** The fields of a new form. */
export function makeFields(purpose: Purpose): readonly Field[] {
  switch (purpose.kind) {
    case 'run':
      return runFields(purpose.spec);
    case 'rename':
      return [text('to', 'New name', `now ${purpose.container.name}`, purpose.container.name)];
    case 'tag':
      return [text('as', 'New tag', 'name:tag, or registry/name:tag', purpose.image.name)];
    case 'commit':
      return [
        text('as', 'Image', 'name:tag; empty: it gets no name'),
        text('message', 'Message', 'what it is for; empty: none'),
        toggle('pause', 'Pause', 'nothing is written while it is copied', true),
      ];
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
    case 'build':
      return buildFields(purpose.spec);
    case 'copy-out':
      return [text('target', 'To', 'a folder, or a new name; ~ is your home', '.')];
    case 'copy-in':
      return [text('source', 'From', 'a file or a folder of this machine; ~ is your home')];
    case 'back-up-volume':
    case 'restore-volume':
    case 'copy-volume':
      return dataFields(purpose);
  }
}

/** The run form's fields as a spec has them; the line field is left empty. */
export function runFields(spec: RunSpec): readonly Field[] {
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
    toggle(
      'interactive',
      'Terminal',
      '-it: a terminal and an open input, for programs that ask',
      spec.interactive && spec.tty,
    ),
    text(LINE_FIELD, 'Line', 'edit the line itself, the fields follow'),
  ];
}
