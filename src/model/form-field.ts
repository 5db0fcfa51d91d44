import type { Field, Form } from './forms.ts';
import { lineInput } from './line-input.ts';

export function textField(id: string, label: string, hint: string, value = ''): Field {
  return { id, label, hint, value: { kind: 'text', input: lineInput(value) } };
}

export function toggleField(id: string, label: string, hint: string, on = false): Field {
  return { id, label, hint, value: { kind: 'toggle', on } };
}

export function textOf(form: Form, id: string): string {
  const value = form.fields.find((f) => f.id === id)?.value;
  return value?.kind === 'text' ? value.input.text.trim() : '';
}

export function isOn(form: Form, id: string): boolean {
  const value = form.fields.find((f) => f.id === id)?.value;
  return value?.kind === 'toggle' && value.on;
}
