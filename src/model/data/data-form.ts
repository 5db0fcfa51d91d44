import { textField, textOf } from '../form-field.ts';
import type { Field, Form } from '../forms.ts';
import type { Effect } from '../intents.ts';
import type { DataEffect } from './data-effect.ts';
import { dataLine } from './data-line.ts';
import { isMadeUpName } from './places.ts';

export type DataPurpose =
  /** `day` as `2026-01-31`, for the name of the file. */
  | { kind: 'back-up-volume'; volume: string; day: string }
  | { kind: 'restore-volume'; volume: string }
  | { kind: 'copy-volume'; volume: string };

export const DATA_TITLES: Readonly<Record<DataPurpose['kind'], string>> = {
  'back-up-volume': 'Back up a volume',
  'restore-volume': 'Restore a volume from an archive',
  'copy-volume': 'Copy a volume',
};

export function dataFields(purpose: DataPurpose): readonly Field[] {
  const { volume } = purpose;
  const short = isMadeUpName(volume) ? volume.slice(0, 12) : volume;
  switch (purpose.kind) {
    case 'back-up-volume':
      return [textField('file', 'To file', 'a path on this machine', `${short}-${purpose.day}.tar`)];
    case 'restore-volume':
      return [
        textField('file', 'From file', 'a tar archive on this machine; NAME.sha256 beside it is checked'),
        textField('to', 'Into', 'a volume; a new one is made', volume),
      ];
    case 'copy-volume':
      return [
        textField('to', 'To', 'a volume; a new one is made', `${short}-copy`),
        textField('host', 'Engine', 'empty: this one; else as in DOCKER_HOST, such as ssh://me@server'),
      ];
  }
}

type Made = { ok: true; effect: Effect; line: string } | { ok: false; why: string };

export function makeDataEffect(form: Form, purpose: DataPurpose): Made {
  const [file, to] = [textOf(form, 'file'), textOf(form, 'to')];
  if (purpose.kind !== 'copy-volume' && file === '')
    return { ok: false, why: 'The file is empty: which one?' };
  if (purpose.kind !== 'back-up-volume' && to === '')
    return { ok: false, why: 'The volume is empty: which one?' };
  const effect = effectOf(purpose, file, to, textOf(form, 'host'));
  return { ok: true, effect, line: dataLine(effect, form.tool) };
}

function effectOf(purpose: DataPurpose, file: string, to: string, host: string): DataEffect {
  switch (purpose.kind) {
    case 'back-up-volume':
      return { do: 'back-up-volume', volume: purpose.volume, file };
    case 'restore-volume':
      return { do: 'restore-volume', volume: to, file, sure: false };
    case 'copy-volume':
      return { do: 'copy-volume', from: purpose.volume, to, host, sure: false };
  }
}
