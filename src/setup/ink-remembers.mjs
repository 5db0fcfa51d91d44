// Makes the bundled Ink remember, from one frame to the next, what it has worked out about a line of text.
import { readFile } from 'node:fs/promises';

/** Lines and characters that are remembered before all is forgotten; a screen of 240×70 has some hundred. */
const MOST = 20_000;

const remembering = (name) => `
const known = new Map();
export default (text) => {
  let result = known.get(text);
  if (result === undefined) {
    if (known.size > ${MOST}) known.clear();
    known.set(text, (result = ${name}(text)));
  }
  return result;
};`;

/** What is replaced in which file, each exactly once. */
const PATCHES = [
  {
    file: /ink[\\/]build[\\/]output\.js$/,
    edits: [
      ['caches = new OutputCaches();', 'caches = sharedCaches();'],
      ['    blockWidths = new Map();', '    blockWidths = new Map();\n    lines = new Map();'],
      [
        'let lines = characterLines.map(line => styledCharsToString(line));',
        `let lines = this.caches.lines.get(text);
         if (lines === undefined)
           this.caches.lines.set(text, (lines = characterLines.map(line => styledCharsToString(line))));`,
      ],
      [
        'export default class Output {',
        `let kept = new OutputCaches();
         const sharedCaches = () =>
           kept.styledChars.size + kept.widths.size > ${MOST} ? (kept = new OutputCaches()) : kept;
         export default class Output {`,
      ],
    ],
  },
  {
    file: /ink[\\/]build[\\/]sanitize-ansi\.js$/,
    edits: [['export default sanitizeAnsi;', remembering('sanitizeAnsi')]],
  },
  {
    file: /widest-line[\\/]index\.js$/,
    edits: [['export default function widestLine', `${remembering('widestLine')}\nfunction widestLine`]],
  },
];

/**
 * Ink draws every line again in each frame, although almost none has changed, and forgets in between what it found out:
 * measured with 120×40 cells, that is 40 % of the time for a key. The versions are pinned; a source that reads otherwise
 * than the one these edits were written for stops the build.
 */
export const inkRemembers = {
  name: 'ink-remembers',
  setup({ onLoad }) {
    for (const { file, edits } of PATCHES)
      onLoad({ filter: file }, async ({ path }) => ({
        contents: edited(await readFile(path, 'utf8'), edits, path),
      }));
  },
};

function edited(source, edits, path) {
  return edits.reduce((text, [before, after]) => {
    if (text.split(before).length !== 2)
      throw new Error(`${path} is not the source that ${import.meta.url} edits`);
    return text.replace(before, () => after);
  }, source);
}
