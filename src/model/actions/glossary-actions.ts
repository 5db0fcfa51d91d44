import type { Intent } from '../intents.ts';
import { lineInput } from '../line-input.ts';
import type { Action } from './action.ts';

/** The glossary: all of it, or the words given; of one alone its entry. Words and lessons are read where they are not yet. */
export function openGlossary(only: readonly string[] | null = null): readonly Intent[] {
  const open = only?.length === 1 ? (only[0] ?? null) : null;
  const overlay = { kind: 'glossary', input: lineInput(), selected: 0, only, open, link: 0 } as const;
  return [
    { event: { type: 'overlay-opened', overlay } },
    { effect: { do: 'read-glossary' } },
    { effect: { do: 'read-catalogue' } },
  ];
}

export const GLOSSARY_ACTIONS: readonly Action[] = [
  {
    id: 'glossary',
    title: 'What the words mean',
    keys: ['W'],
    scope: 'everywhere',
    perform: () => openGlossary(),
  },
  {
    id: 'myths',
    title: 'Myths, and what is true',
    keys: ['I'],
    scope: 'everywhere',
    perform: () => [{ effect: { do: 'open-myths' } }],
  },
];
