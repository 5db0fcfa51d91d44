import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerCertificate } from '../../engine/tls-end.ts';

const run = promisify(execFile);

/** The lesson is over long before. */
const DAYS = 30;
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * Makes an authority, a server's certificate for this machine's loopback and a client's. The client's files are put
 * into `folder` under the names that docker looks for in DOCKER_CERT_PATH; the authority's key is thrown away, so that
 * nobody is let in later; both hold for so many days. By `openssl`, as everywhere in docker's own guide: Node reads certificates and makes none.
 */
export async function makeCertificates(folder: string, days = DAYS): Promise<ServerCertificate> {
  const scratch = join(folder, 'making');
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const at = (file: string): string => join(scratch, file);
  try {
    // A name of its own each time: clients choose what to show by the name of the authority that is trusted.
    const ca = [
      '-keyout',
      at('ca.key'),
      '-out',
      join(folder, 'ca.pem'),
      '-subj',
      `/CN=Slipway ${randomUUID()}`,
    ];
    await run('openssl', ['req', '-x509', '-days', String(DAYS), ...NEW_KEY, ...ca]);
    const issuer = ['-CA', join(folder, 'ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'];
    const sign = async (name: string, extension: string, cert: string, key: string): Promise<void> => {
      await writeFile(at(`${name}.ext`), extension);
      const request = ['-keyout', key, '-out', at(`${name}.csr`), '-subj', `/CN=${name}`];
      await run('openssl', ['req', ...NEW_KEY, ...request]);
      const signed = [
        '-days',
        String(days),
        '-in',
        at(`${name}.csr`),
        '-out',
        cert,
        '-extfile',
        at(`${name}.ext`),
      ];
      await run('openssl', ['x509', '-req', ...issuer, ...signed]);
    };
    await sign('server', 'subjectAltName=IP:127.0.0.1,DNS:localhost', at('server.crt'), at('server.key'));
    await sign('client', 'extendedKeyUsage=clientAuth', join(folder, 'cert.pem'), join(folder, 'key.pem'));
    const [authority, cert, key] = await Promise.all(
      [join(folder, 'ca.pem'), at('server.crt'), at('server.key')].map((file) => readFile(file, 'utf8')),
    );
    return { ca: authority ?? '', cert: cert ?? '', key: key ?? '' };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
