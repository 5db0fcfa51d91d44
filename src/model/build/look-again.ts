import type { BuildSpec } from '../../engine/build/build.ts';
import { textOf } from '../form-field.ts';
import type { Form } from '../forms.ts';
import type { Intent } from '../intents.ts';

/** After an edit of a build's form: the folder is looked at again where the edit means another one. */
export function lookAgain(before: Form, form: Form): readonly Intent[] {
  if (form.purpose.kind !== 'build') return [];
  const isSame = (id: string): boolean => textOf(before, id) === textOf(form, id);
  if (isSame('folder') && isSame('dockerfile')) return [];
  return look({ folder: textOf(form, 'folder'), dockerfile: textOf(form, 'dockerfile') });
}

export function look({ folder, dockerfile }: Pick<BuildSpec, 'folder' | 'dockerfile'>): readonly Intent[] {
  return [{ effect: { do: 'look-at-context', folder, dockerfile } }];
}
