import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request; `body` is to be read in place of the request itself, and throws when there is no room for it. */
export type Asked = { request: IncomingMessage; body: AsyncIterable<Buffer>; response: ServerResponse };

/** What answers the requests of a registry, whoever it is. */
export type RegistryServer = {
  /** The program, as a person would call it. */
  name: string;
  answer(asked: Asked): Promise<void>;
  close(): Promise<void>;
};
