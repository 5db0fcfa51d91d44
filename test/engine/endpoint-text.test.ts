import { describe, expect, it } from 'vitest';
import { formatHost, parseHost } from '../../src/engine/endpoint-text.ts';
import { UsageError } from '../../src/engine/routes/usage-error.ts';

const TLS = { ca: 'CA', cert: null, key: null, verify: true };

function refusal(text: string): UsageError {
  try {
    parseHost(text, { from: 'DOCKER_HOST' });
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`“${text}” was accepted`);
}

describe('parseHost', () => {
  it.each([
    ['unix:///var/run/docker.sock', { via: 'unix', path: '/var/run/docker.sock' }],
    ['unix:///with space/ü.sock', { via: 'unix', path: '/with space/ü.sock' }],
    ['tcp://10.0.0.1:2375', { via: 'tcp', host: '10.0.0.1', port: 2375 }],
    ['tcp://[::1]:99', { via: 'tcp', host: '::1', port: 99 }],
    ['TCP://box:80/', { via: 'tcp', host: 'box', port: 80 }],
    ['ssh://box', { via: 'ssh', user: '', host: 'box', port: null, path: '' }],
    [
      'ssh://me@box:2222/run/d.sock',
      { via: 'ssh', user: 'me', host: 'box', port: 2222, path: '/run/d.sock' },
    ],
    ['npipe:////./pipe/docker_engine', { via: 'pipe', path: String.raw`\\.\pipe\docker_engine` }],
  ])('reads %s', (text, endpoint) => {
    expect(parseHost(text)).toEqual(endpoint);
  });

  it('makes tcp:// a TLS endpoint when there are TLS settings, on the TLS port when none is given', () => {
    const context = { from: 'DOCKER_HOST', tls: TLS };
    expect(parseHost('tcp://box', context)).toEqual({ via: 'tls', host: 'box', port: 2376, ...TLS });
    expect(parseHost('tcp://box')).toEqual({ via: 'tcp', host: 'box', port: 2375 });
  });

  it.each([
    ['', 'it is empty'],
    ['/var/run/docker.sock', 'unix:///var/run/docker.sock'],
    ['localhost:2375', 'tcp://localhost:2375'],
    ['me@box', 'ssh://me@box'],
    ['nonsense', 'not a URL'],
    ['unix://var/run/docker.sock', 'three slashes: unix:///var/run/docker.sock'],
    ['unix://', 'path of the socket is missing'],
    ['ftp://box', '“ftp://” is not a way to an engine'],
    ['https://box:2376', 'tcp:// in place of https://'],
    ['fd://', 'for the daemon itself'],
    ['tcp://', 'host'],
    ['tcp://box:http', 'cannot be read'],
    ['tcp://box:70000', 'cannot be read'],
    ['tcp://box:2375/path', 'only a host and a port'],
    ['npipe://docker_engine', 'npipe:////./pipe/docker_engine'],
  ])('says what is wrong with “%s”, where it came from, and which forms are valid', (text, why) => {
    const error = refusal(text);
    expect(error.from).toBe('DOCKER_HOST');
    expect(error.message).toMatch(/^DOCKER_HOST is not an engine's address/);
    expect(error.message).toContain(why);
    expect(error.advice.join()).toMatch(/unix:\/\/.*tcp:\/\/.*ssh:\/\/.*npipe:/);
  });

  it('does not repeat a password that stands in an address', () => {
    expect(refusal('ssh://me:secret@box').message).not.toContain('secret');
  });
});

describe('formatHost', () => {
  it.each([
    'unix:///var/run/docker.sock',
    'tcp://10.0.0.1:2375',
    'tcp://[::1]:99',
    'ssh://box',
    'ssh://me@box:2222/run/d.sock',
    'npipe:////./pipe/docker_engine',
  ])('gives %s back as it was read', (text) => {
    expect(formatHost(parseHost(text))).toBe(text);
  });
});
