import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Authority = { ca: string; server: Pair; client: Pair };
type Pair = { cert: string; key: string };

/** A certificate authority with a server's certificate for 127.0.0.1 and a client's, as PEM text. */
export async function makeCertificates(folder: string): Promise<Authority> {
  const at = (file: string): string => join(folder, file);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run('openssl', [
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
    '-subj',
    '/CN=ca',
  ]);
  const sign = async (name: string, extension: string): Promise<Pair> => {
    await writeFile(at(`${name}.ext`), extension);
    const [csr, crt] = [at(`${name}.csr`), at(`${name}.crt`)];
    await run('openssl', ['req', ...key, '-keyout', at(`${name}.key`), '-out', csr, '-subj', `/CN=${name}`]);
    const issuer = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial'];
    await run('openssl', ['x509', '-req', '-in', csr, ...issuer, '-out', crt, '-extfile', at(`${name}.ext`)]);
    return { cert: await readFile(crt, 'utf8'), key: await readFile(at(`${name}.key`), 'utf8') };
  };
  const server = await sign('server', 'subjectAltName=IP:127.0.0.1');
  const client = await sign('client', 'extendedKeyUsage=clientAuth');
  return { ca: await readFile(at('ca.crt'), 'utf8'), server, client };
}
