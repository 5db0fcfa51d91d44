import stringWidth from 'string-width';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ColorDepth } from '../../../src/ui/theme.ts';
import type { SetMarkdown } from '../../../src/ui/markdown/set-markdown.ts';
import { dice } from '../../support/odd-text.ts';

const SGR = /\x1b\[[\d;]*m/g;
const plain = (lines: readonly string[]): string[] => lines.map((line) => line.replace(SGR, ''));

let create: (depth: ColorDepth, flat?: boolean) => SetMarkdown;
beforeAll(async () => {
  // What highlights code looks at this when it is loaded: the output of tests is no terminal.
  process.env['FORCE_COLOR'] = '1';
  const { createSetMarkdown } = await import('../../../src/ui/markdown/set-markdown.ts');
  create = (depth, flat = false) => createSetMarkdown({ depth, flat });
});
const set = (markdown: string, width = 40, depth: ColorDepth = 'none', flat = false): string[] =>
  plain(create(depth, flat)(markdown, width));

const LESSON = `# Boxes

A box is *started* from an **image**, see [the page](https://docs.example.org/a+b?c=d) or
https://example.org.  
A new line, <kbd>Ctrl</kbd>-<kbd>C</kbd> &amp; more ❤️ :smile: \`a:b\`.

- one \`docker run\` and **two** words that go on to the next line of this list
- [x] done
- [ ] to do
  1. inner with 日本語の名前 and ${'x'.repeat(70)}
  2. other

> quoted text that is longer than the line it stands in, with \`code\`

| command | what it does | 日本語 |
|---|---|---|
| \`docker ps\` | lists what **runs** and nothing else, in a long sentence | はい |
| ${'y'.repeat(50)} | x | |

\`\`\`sh
docker run -d --name keep tiny:1 sleep 1d # ${'z'.repeat(60)}
	echo 'tab'
\`\`\`

\`\`\`nosuchlanguage
plain {}
\`\`\`

<!-- a comment -->
---
`;

describe('every line', () => {
  test.each([10, 20, 33, 40, 60, 76, 120])('of a lesson has at most %i cells', (width) => {
    for (const depth of ['none', 'basic', 'many'] as const)
      for (const flat of [false, true]) {
        const lines = create(depth, flat)(LESSON, width);
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
        expect(lines.every((line) => !/[\n\r\t]/.test(line))).toBe(true);
      }
  });
  test('of any text fits, and holds no code but for style', () => {
    const setMany = create('many');
    for (let seed = 0; seed < 400; seed += 1) {
      const throws = dice(seed, { controls: true });
      const markdown = Array.from({ length: 6 }, () =>
        throws
          .pick(['- ', '', '> ', '1. ', '| a | b |\n|--|--|\n| ', '```sh\n', '# ', '  - '])
          .concat(throws.text(30)),
      ).join('\n');
      const width = 8 + throws.below(60);
      const lines = setMany(markdown, width);
      expect(
        lines.filter((line) => stringWidth(line) > width),
        `seed ${seed}`,
      ).toEqual([]);
      expect(plain(lines).join('\n'), `seed ${seed}`).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]|\ufe0f/);
    }
  });
  test('begins and ends its own styles', () => {
    for (const line of create('many')(`**${'bold '.repeat(30)}**and \`${'code '.repeat(30)}\``, 20))
      expect(line).toMatch(/^\x1b\[[\d;]+m.*\x1b\[0m$|^[^\x1b]/);
  });
  test('has no code at all without colours, and a code span has its marks instead', () => {
    expect(create('none')(LESSON, 60).join('')).not.toContain('\x1b');
    expect(set('Type `docker ps` now')).toEqual(['Type `docker ps` now']);
    expect(create('many')('Type `docker ps` now', 40)[0]).not.toContain('`');
  });
});

describe('a text', () => {
  test('breaks at blanks, and where the author broke it', () => {
    expect(set('one two three  \nfour', 9)).toEqual(['one two', 'three', 'four']);
  });
  test('keeps the style that goes on behind one inside it', () => {
    const [line] = create('many')('**bold `code` bold**', 40);
    expect(line).toBe('\x1b[1mbold\x1b[0m \x1b[1;38;5;79mcode\x1b[0m \x1b[1mbold\x1b[0m');
  });
  test('has its tags taken out, its entities as signs, and nothing made into a picture', () => {
    expect(set('<kbd>Ctrl</kbd>-C &amp; :smile: a<b ❤️', 60)).toEqual(['Ctrl-C & :smile: a<b ❤']);
  });
  test('names the address of a link, as it is', () => {
    expect(set('see [it](https://x.org/a+b)', 60)).toEqual(['see it (https://x.org/a+b)']);
    expect(set('https://x.org/a+b', 60)).toEqual(['https://x.org/a+b']);
  });
});

describe('a list', () => {
  test('is hung from its points, with styles in it, and lists in it', () => {
    expect(set('- one **two** three\n- four\n  1. five\n  2. six', 12)).toEqual([
      '• one two',
      '  three',
      '• four',
      '  1. five',
      '  2. six',
    ]);
  });
  test('goes on counting from where it begins', () => {
    expect(set('9. nine\n10. ten')).toEqual(['9. nine', '10. ten']);
  });
  test('has each box to tick once', () => {
    expect(set('- [x] yes\n- [ ] no')).toEqual(['• [x] yes', '• [ ] no']);
    expect(set('- [x] yes\n\n- [ ] no')).toEqual(['• [x] yes', '', '• [ ] no']);
  });
});

describe('a table', () => {
  const table = '| what | why |\n|---|---|\n| a | because of the long sentence here |\n| 日本 | x |';
  test('keeps its columns straight, and breaks long cells', () => {
    expect(set(table, 24)).toEqual([
      'what  why',
      '────────────────────────',
      'a     because of the',
      '      long sentence here',
      '日本  x',
    ]);
  });
  test('is a list of its rows where its columns have no room, and for a screen reader', () => {
    expect(set(table, 8)[0]).toBe('what: a,');
    expect(set(table, 60, 'none', true)).toEqual([
      'what: a, why: because of the long sentence here.',
      'what: 日本, why: x.',
    ]);
  });
});

describe('code', () => {
  test('is as it was written, set in, and broken only where it is too long', () => {
    expect(set('```sh\na  b\n  c\n```', 20)).toEqual(['  a  b', '    c']);
    expect(set('```sh\n123456789\n```', 8)).toEqual(['  123456', '  789']);
  });
  test('is highlighted where its language is known', () => {
    const painted = (lang: string) => create('many')(`\`\`\`${lang}\necho 'text'\n\`\`\``, 40).join('');
    expect(painted('sh')).toContain("\x1b[38;5;214m'text'\x1b[0m");
    expect(plain([painted('nosuchlanguage')])).toEqual(["  echo 'text'"]);
  });
  test('writes nothing to the terminal by itself, whatever language it claims to be', () => {
    const said = vi.spyOn(console, 'error');
    for (const lang of [
      'sh',
      'dockerfile',
      'yaml',
      'json',
      'nginx',
      'makefile',
      'diff',
      'nosuchlanguage',
      '__proto__',
    ])
      set(`\`\`\`${lang}\nkey: [value] # 1\n\`\`\``, 40, 'many');
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });
});

test('a screen reader gets no lines that are drawn, and marks in words', () => {
  const text = set(LESSON, 60, 'none', true).join('\n');
  expect(text).not.toMatch(/[─-╿•]/);
  expect(text).toContain('- done: done');
  expect(text).toContain('Quoted: quoted text');
});
