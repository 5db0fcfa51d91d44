import { expect, test } from 'vitest';
import type { Port } from '../../src/engine/objects.ts';
import { portsText } from '../../src/model/ports-text.ts';

const port = (more: Partial<Port>): Port => ({
  ip: '0.0.0.0',
  host: 8080,
  container: 80,
  protocol: 'tcp',
  ...more,
});

test.each([
  [[port({})], ':8080→80'],
  [[port({ host: 80 })], ':80'],
  [[port({ ip: '127.0.0.1' })], '127.0.0.1:8080→80'],
  [[port({ ip: '::1' })], '[::1]:8080→80'],
  [[port({ ip: '::' })], ':8080→80'],
  [[port({ host: 53, container: 53, protocol: 'udp' })], ':53/udp'],
  [[port({ host: null })], ''],
  [[port({}), port({ host: 443, container: 443 })], ':8080→80 :443'],
])('%j reads %j', (ports, text) => {
  expect(portsText(ports)).toBe(text);
});
