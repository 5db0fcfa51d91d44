/** Where an engine may be listening. */
export type Endpoint =
  | { via: 'unix'; path: string }
  | { via: 'pipe'; path: string }
  | { via: 'tcp'; host: string; port: number }
  | {
      via: 'tls';
      host: string;
      port: number;
      /** PEM text, not paths; null where there is none. */
      ca: string | null;
      cert: string | null;
      key: string | null;
      verify: boolean;
    }
  /** `path` is the engine's socket on that machine; empty: what `docker` there uses. `user` empty: ssh's own choice. */
  | { via: 'ssh'; user: string; host: string; port: number | null; path: string };
