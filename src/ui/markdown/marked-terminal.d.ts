/** The part of marked-terminal that is used; the package has no types. */
declare module 'marked-terminal' {
  import type { MarkedExtension } from 'marked';
  type Style = (text: string) => string;
  type Options = {
    strong: Style;
    em: Style;
    del: Style;
    code: Style;
    /** Cells before each line of code. */
    tab: number;
    /** Whether `:name:` becomes an emoji. */
    emoji: boolean;
    /** Whether a break that was asked for is `\r`, so that it can be told from one that only fits the source. */
    reflowText: boolean;
  };
  /** `theme` has a style for each class of highlight.js. */
  export function markedTerminal(
    options: Options,
    highlight: { theme: Readonly<Record<string, Style>>; ignoreIllegals: boolean },
  ): MarkedExtension;
}
