/** The codes of the distribution specification, each with its HTTP status. */
const STATUS = {
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  MANIFEST_UNKNOWN: 404,
  MANIFEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 400,
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 416,
  DIGEST_INVALID: 400,
  SIZE_INVALID: 400,
  UNSUPPORTED: 405,
  // The one that docker takes for an answer; after others it tries again for minutes.
  DENIED: 403,
} as const;

export type RefusalCode = keyof typeof STATUS;

/** What a registry says no with; clients show the message. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
    this.status = STATUS[code];
  }

  get body(): string {
    return JSON.stringify({ errors: [{ code: this.code, message: this.message }] });
  }
}
