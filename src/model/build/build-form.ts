import type { BuildSpec } from '../../engine/build/build.ts';
import { buildLine } from '../../engine/build/build-line.ts';
import { quoteWords, splitWords } from '../../engine/shell-words.ts';
import { isOn, textField, textOf, toggleField } from '../form-field.ts';
import type { Field, Form } from '../forms.ts';
import type { Made } from '../make-command.ts';

export const EMPTY_BUILD: BuildSpec = {
  folder: '',
  dockerfile: '',
  name: '',
  args: [],
  target: '',
  noCache: false,
  pull: false,
};

export function buildFields(spec: BuildSpec): readonly Field[] {
  return [
    textField('folder', 'Folder', '. is the folder that Slipway was started in', spec.folder),
    textField('name', 'Name', 'name:tag, such as me/app:1; empty: none', spec.name),
    textField('dockerfile', 'Dockerfile', 'empty: Dockerfile in that folder', spec.dockerfile),
    textField('args', 'Build args', 'NAME=value, several with spaces', quoteWords(spec.args)),
    textField('target', 'Stage', 'empty: the last one', spec.target),
    toggleField('noCache', 'No cache', 'every step anew', spec.noCache),
    toggleField('pull', 'Pull', 'look for a newer image to build on', spec.pull),
  ];
}

/** What the form would build as it stands. */
export function makeBuild(form: Form): Made {
  const args = splitWords(textOf(form, 'args'));
  if (!args.ok) return { ok: false, why: `Build args: ${args.why}` };
  const words = args.words.map(({ text }) => text);
  const odd = words.find((word) => !/^[^=]+=/.test(word));
  if (odd !== undefined) return { ok: false, why: `Build args: ${odd} is not NAME=value.` };
  const folder = textOf(form, 'folder');
  if (folder === '') return { ok: false, why: 'Folder is empty: which folder has the Dockerfile?' };
  const spec: BuildSpec = {
    folder,
    dockerfile: textOf(form, 'dockerfile'),
    name: textOf(form, 'name'),
    args: words,
    target: textOf(form, 'target'),
    noCache: isOn(form, 'noCache'),
    pull: isOn(form, 'pull'),
  };
  return { ok: true, effect: { do: 'build', spec }, line: buildLine(spec, form.tool) };
}
