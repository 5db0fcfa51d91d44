/** A message that cannot be HTTP, or that two readers could take for two different ones. Its words are for people. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
  /** What a client that sent it is answered. */
  readonly status: 400 | 431 | 505;

  constructor(message: string, status: 400 | 431 | 505 = 400) {
    super(message);
    this.status = status;
  }
}
