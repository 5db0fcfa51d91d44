import type { ErrorRow } from './error-row.ts';

const CERT_FILES = 'ca.pem, cert.pem and key.pem';

/** A client that speaks to an engine over the network. Registries have certificates too, and rows of their own. */
export const TLS_ERRORS: readonly ErrorRow[] = [
  {
    id: 'tls-wanted',
    says: /Client sent an HTTP request to an HTTPS server/,
    meaning:
      'The engine at that address speaks only to clients that prove who they are, and this one spoke openly.',
    tryThis: `Put --tlsverify behind docker, and the folder of ${CERT_FILES} into DOCKER_CERT_PATH.`,
  },
  {
    id: 'tls-not-spoken',
    says: /error during connect:.*(?:server gave HTTP response to HTTPS client|first record does not look like a TLS handshake)/,
    meaning: 'What listens at that address speaks without certificates, so nobody knows who it is.',
    tryThis:
      'Check the port: by custom 2376 is with certificates and 2375 without. Or leave out --tlsverify, if you know the network.',
  },
  {
    id: 'tls-no-certificate',
    says: /remote error: tls: (?:certificate required|bad certificate|unknown certificate authority)/,
    meaning:
      'The engine wants to know who you are. This client showed no certificate, or one that the engine does not trust.',
    tryThis: `Check that DOCKER_CERT_PATH is the folder with the ${CERT_FILES} that were made for this engine.`,
  },
  {
    id: 'tls-expired',
    says: /error during connect:.*certificate has expired or is not yet valid|remote error: tls: expired certificate/,
    meaning: 'A certificate holds for a time only, and that time is over, or it has not begun.',
    tryThis: 'Compare the clocks (date). If they are right, the certificate has to be made anew.',
  },
  {
    id: 'tls-other-authority',
    says: /error during connect:.*(?:signed by unknown authority|self[- ]signed certificate)/,
    meaning:
      'The engine showed a certificate that comes from an authority other than yours. It may be another engine than you mean.',
    tryThis: 'Check the address. If it is right, ask its owner for the ca.pem that belongs to it.',
  },
  {
    id: 'tls-other-name',
    says: /error during connect:.*certificate (?:is valid for|is not valid for any names)|error during connect:.*doesn't contain any IP SANs/,
    meaning: 'The certificate is for another address than the one you typed.',
    tryThis:
      'Use one of the addresses that stand in it, in the same form: a name and a number are two things.',
  },
  {
    id: 'tls-files',
    says: /unable to resolve docker endpoint: open (?<path>\S+): (?:no such file or directory|permission denied)|failed to retrieve context tls info: (?<why>[^\n]+)/,
    meaning: ({ path, why }) =>
      path === undefined
        ? `The certificate files do not go together, or cannot be read: ${why}`
        : `With --tlsverify the client needs certificates, and it cannot open ${path}.`,
    tryThis: `Put the folder of ${CERT_FILES} into DOCKER_CERT_PATH. What is there now: echo $DOCKER_CERT_PATH`,
  },
];
