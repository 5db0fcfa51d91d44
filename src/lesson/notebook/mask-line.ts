import { MASK, isSecretName } from '../../engine/secret-names.ts';
import { maskText } from '../../wire/mask.ts';

/** A word of a shell line with its quotes; what is not closed goes on to the end. */
const WORD = /(?:"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|\\[\s\S]|[^\s"'\\])+/g;
/** `-e DB_PASSWORD=…`, `--env=…`, `DB_PASSWORD=…`, `"DB_PASSWORD=…`: up to the value. */
const ASSIGNMENT = /^((?:-e|--[\w-]+=)?(["']?)(\w+)=\2?)[\s\S]/;
/** `--password x`: the next word is the secret. `--password-stdin` has none. */
const SECRET_OPTION = /^--?[\w-]*(?:password|passwd|passphrase|secret|token)$/i;
/** Programs whose `-p` is a password; with docker and podman only that of `login` is one, that of `run` is a port. */
const TAKES_PASSWORD = /^(?:mysql\w*|mariadb[\w-]*|sshpass)$/;
const TOOL = /^(?:docker|podman)$/;
/** What begins another command. */
const NEXT_COMMAND = /^(?:\|\|?|&&?|;)$|;$/;
/** `'mysql -px'` after `sh -c`: a line within the line. */
const INNER_LINE = /^(["'])([\s\S]*\s[\s\S]*)\1$/;
const HEADER = /(authorization:\s*(?:bearer\s+|basic\s+)?)[^\s"']+/gi;

/** A command line as it may be kept and shown: no value that its name or its place says is secret. */
export function maskLine(line: string): string {
  const words = new LineWords();
  const masked = line.replace(WORD, (word) => words.mask(word)).replace(HEADER, `$1${MASK}`);
  // The blank before keeps a line that begins with `NAME=` from being taken for the whole value of NAME.
  return maskText(` ${masked}`).slice(1);
}

/** Knows, word by word, which program is run and whether the next word is a secret. */
class LineWords {
  #tool = false;
  #takesPassword = false;
  #secretNext = false;

  mask(word: string): string {
    const isSecret = this.#secretNext;
    this.#secretNext = false;
    if (NEXT_COMMAND.test(word)) {
      this.#tool = false;
      this.#takesPassword = false;
    } else if (isSecret) return MASK;
    return this.#maskWord(word);
  }

  #maskWord(word: string): string {
    const [, start = '', quote = '', name = ''] = ASSIGNMENT.exec(word) ?? [];
    if (isSecretName(name)) return `${start}${MASK}${quote}`;
    this.#tool ||= TOOL.test(word);
    this.#takesPassword ||= TAKES_PASSWORD.test(word) || (this.#tool && word === 'login');
    if (this.#takesPassword && /^-p./.test(word)) return `-p${MASK}`;
    this.#secretNext = SECRET_OPTION.test(word) || (this.#takesPassword && word === '-p');
    const [, outer = '', inner] = INNER_LINE.exec(word) ?? [];
    return inner === undefined ? word : outer + maskLine(inner) + outer;
  }
}
