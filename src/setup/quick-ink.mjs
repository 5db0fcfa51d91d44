// Edits of the bundled Ink: the same frames for half the time.
//
// Ink draws every line anew in each frame, although almost none has changed, and forgets in between what it found out
// about it; and it takes the slow way (graphemes, emoji) for every line with a border in it. Measured at 120×40, a key
// costs 4.4 ms instead of 9.5, 2,000 lines of log a second 24 % of a core instead of 47. The versions are pinned; a
// source that reads otherwise than the one these edits were written for stops the build.
import { readFile } from 'node:fs/promises';

/** Lines that are remembered: those of a few frames. A flood of new ones must not be kept, it would be garbage later. */
const LINES = 500;

/** A map that forgets what has not been asked for since it was last full. */
const RECENT = `
class Recent {
  young = new Map();
  old = new Map();
  get(key) {
    const known = this.young.get(key);
    if (known !== undefined) return known;
    const kept = this.old.get(key);
    if (kept !== undefined) this.set(key, kept);
    return kept;
  }
  set(key, value) {
    if (this.young.size >= ${LINES}) [this.old, this.young] = [this.young, new Map()];
    this.young.set(key, value);
  }
}`;

const remembering = (name) => `${RECENT}
const known = new Recent();
export default (text) => {
  let result = known.get(text);
  if (result === undefined) known.set(text, (result = ${name}(text)));
  return result;
};`;

/** Characters of one cell each that join with none of their like: letters, borders, blocks, arrows, braille. */
const PLAIN = String.raw`/^[ -~\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u203B\u2190-\u21FF\u2500-\u25FC\u2800-\u28FF]*$/`;

/** What is replaced in which file, each exactly once. */
const EDITS = [
  {
    file: /ink[\\/]build[\\/]output\.js$/,
    edits: [
      ['caches = new OutputCaches();', 'caches = sharedCaches;'],
      ['    styledChars = new Map();', '    styledChars = new Recent();\n    lines = new Recent();'],
      ['    blockWidths = new Map();', '    blockWidths = new Recent();'],
      ['    widths = new Map();', '    widths = new Recent();'],
      ['class OutputCaches {', `${RECENT}\nclass OutputCaches {`],
      [
        'export default class Output {',
        'const sharedCaches = new OutputCaches();\nexport default class Output {',
      ],
      [
        'let lines = characterLines.map(line => styledCharsToString(line));',
        `let lines = this.caches.lines.get(text);
         if (lines === undefined)
           this.caches.lines.set(text, (lines = characterLines.map(line => styledCharsToString(line))));`,
      ],
    ],
  },
  {
    file: /ink[\\/]build[\\/]sanitize-ansi\.js$/,
    edits: [['export default sanitizeAnsi;', remembering('sanitizeAnsi')]],
  },
  {
    file: /ink[\\/]build[\\/]line-update\.js$/,
    edits: [['const printableAscii = /^[ -~]*$/u;', `const printableAscii = ${PLAIN};`]],
  },
  {
    file: /widest-line[\\/]index\.js$/,
    edits: [['export default function widestLine', `${remembering('widestLine')}\nfunction widestLine`]],
  },
  {
    file: /string-width[\\/]index\.js$/,
    // The tables of marked-terminal bring an old one of their own, which measures nothing that is drawn.
    except: /cli-table3[\\/]node_modules/,
    edits: [[String.raw`/^[\u0020-\u007E]*$/.test(string)`, `${PLAIN}.test(string)`]],
  },
];

export const quickInk = {
  name: 'quick-ink',
  setup({ onLoad }) {
    for (const { file, except, edits } of EDITS)
      onLoad({ filter: file }, async ({ path }) =>
        except?.test(path) ? undefined : { contents: edited(await readFile(path, 'utf8'), edits, path) },
      );
  },
};

function edited(source, edits, path) {
  return edits.reduce((text, [before, after]) => {
    if (text.split(before).length !== 2)
      throw new Error(`${path} is not the source that ${import.meta.url} edits`);
    return text.replace(before, () => after);
  }, source);
}
