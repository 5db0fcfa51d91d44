/** What a shell is to have in its environment whatever the user's files say. */
export type Pinned = {
  /** By name; null takes a variable away. Names are those of shell variables. */
  variables: Readonly<Record<string, string | null>>;
  /** A folder of programs for what PATH has none of; null for none. */
  programs: string | null;
};

/** The function `__slipway_put` for bash, zsh and the sh family. */
export function putInSh({ variables, programs }: Pinned): string {
  const lines = Object.entries(variables).map(([name, value]) =>
    value === null ? `unset -v ${name}` : `export ${name}=${quoteForSh(value)}`,
  );
  if (programs !== null) {
    const folder = quoteForSh(programs);
    lines.push(`case :\${PATH-}: in *:${folder}:*) ;; *) export PATH="\${PATH-}":${folder} ;; esac`);
  }
  return ['__slipway_put() {', ...lines.map((line) => `  ${line}`), '  :', '}', ''].join('\n');
}

/** The same for fish. */
export function putInFish({ variables, programs }: Pinned): string {
  const lines = Object.entries(variables).map(([name, value]) =>
    value === null ? `set -e ${name}` : `set -gx ${name} ${quoteForFish(value)}`,
  );
  if (programs !== null) {
    const folder = quoteForFish(programs);
    lines.push(`contains -- ${folder} $PATH; or set -gx PATH $PATH ${folder}`);
  }
  return ['function __slipway_put', ...lines.map((line) => `    ${line}`), 'end', ''].join('\n');
}

export function quoteForSh(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

export function quoteForFish(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
