const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  431: 'Request Header Fields Too Large',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  505: 'HTTP Version Not Supported',
};

/** Tells a client that waits with its body to send it. */
export const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');

/** An answer of the wire itself, in the engines' form: docker prints `message`, podman `cause` and `message`. */
export function ownAnswer(status: number, message: string, method: string): Buffer {
  const body = `${JSON.stringify({ message, cause: message, response: status })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '\r\n',
  ].join('\r\n');
  return Buffer.from(method === 'HEAD' ? head : head + body);
}
