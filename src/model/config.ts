/** The person's settings. */
export type Config = {
  /** Keys by action id, in place of the action's own. */
  keys: Readonly<Record<string, readonly string[]>>;
  /** Whether the mouse works in here from the start. */
  mouse: boolean;
};

export const EMPTY_CONFIG: Config = { keys: {}, mouse: true };
