import { apiPath } from '../api-path.ts';
import { exactBytes } from '../tar/exact-text.ts';

/** Letters that stand for themselves in a query (RFC 3986, unreserved), and the slash. */
const PLAIN = /[\w.~/-]/;

/** The archive of a path in a container. Every byte of the path reaches the engine, also those that are not UTF-8. */
export function archivePath(containerId: string, path: string): string {
  const encoded = Array.from(exactBytes(path), (byte) => {
    const letter = String.fromCharCode(byte);
    return PLAIN.test(letter) ? letter : `%${byte.toString(16).padStart(2, '0')}`;
  });
  return `${apiPath`/containers/${containerId}/archive`}?path=${encoded.join('')}`;
}
