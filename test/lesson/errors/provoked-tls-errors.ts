/**
 * How a way over the network goes wrong: the id of the row that has to explain it, and a line. `$P` is the port of an
 * engine with certificates, `$C` the folder of the client's, `$OLD` one with a certificate that has expired, with `$CO`;
 * `$W` a port that speaks without.
 */
export const PROVOKED_BY_TLS: readonly (readonly [id: string, line: string])[] = [
  ['tls-wanted', 'docker -H tcp://127.0.0.1:$P ps'],
  ['tls-not-spoken', 'DOCKER_CERT_PATH=$C docker -H tcp://127.0.0.1:$W --tlsverify ps'],
  [
    'tls-no-certificate',
    'mkdir x; cp $C/ca.pem x; DOCKER_CERT_PATH=$PWD/x docker -H tcp://127.0.0.1:$P --tlsverify ps',
  ],
  [
    'tls-no-certificate',
    'DOCKER_CERT_PATH=$CO docker -H tcp://127.0.0.1:$P --tlsverify --tlscacert $C/ca.pem ps',
  ],
  ['tls-expired', 'DOCKER_CERT_PATH=$CO docker -H tcp://127.0.0.1:$OLD --tlsverify ps'],
  ['tls-other-authority', 'DOCKER_CERT_PATH=$CO docker -H tcp://127.0.0.1:$P --tlsverify ps'],
  ['tls-other-name', 'DOCKER_CERT_PATH=$C docker -H tcp://0.0.0.0:$P --tlsverify ps'],
  ['tls-files', 'DOCKER_CERT_PATH=/nowhere docker -H tcp://127.0.0.1:$P --tlsverify ps'],
  [
    'tls-files',
    'docker -H tcp://127.0.0.1:$P --tlsverify --tlscacert $C/ca.pem --tlscert $C/cert.pem --tlskey $C/ca.pem ps',
  ],
];
