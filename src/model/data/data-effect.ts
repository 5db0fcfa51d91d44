/** What keys on volumes lead to outside the state. `sure`: the person has said yes to what would be overwritten. */
export type DataEffect =
  | { do: 'back-up-volume'; volume: string; file: string }
  | { do: 'restore-volume'; volume: string; file: string; sure: boolean }
  /** `host`: another engine, as in DOCKER_HOST; empty for the one on screen. */
  | { do: 'copy-volume'; from: string; to: string; host: string; sure: boolean };
