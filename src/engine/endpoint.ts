/** Where an engine may be listening. */
export type Endpoint =
  | { via: 'unix'; path: string }
  | { via: 'pipe'; path: string }
  | { via: 'tcp'; host: string; port: number }
  | {
      via: 'tls';
      host: string;
      port: number;
      ca: string | null;
      cert: string | null;
      key: string | null;
      verify: boolean;
    }
  | { via: 'ssh'; user: string; host: string; port: number | null; path: string };
