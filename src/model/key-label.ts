/** `ctrl-c` as people write it: `Ctrl-C`. */
export function keyLabel(key: string): string {
  return (
    KEY_LABELS[key] ??
    key.replace(
      /^(ctrl|alt|shift)-(.+)$/,
      (_, mod: string, rest: string) =>
        `${capital(mod)}-${rest.length === 1 ? rest.toUpperCase() : keyLabel(rest)}`,
    )
  );
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const KEY_LABELS: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'Space',
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  pgup: 'PgUp',
  pgdn: 'PgDn',
  home: 'Home',
  end: 'End',
  delete: 'Del',
  backspace: 'Backspace',
  f1: 'F1',
  f5: 'F5',
  f11: 'F11',
};
