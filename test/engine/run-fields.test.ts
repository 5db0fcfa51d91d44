import { describe, expect, test } from 'vitest';
import {
  formatMount,
  formatPort,
  parseEnv,
  parseLongMount,
  parseMount,
  parsePort,
} from '../../src/engine/run-fields.ts';

const tcp = { ip: '', protocol: 'tcp' };

describe('ports', () => {
  test.each([
    ['80', { ...tcp, host: null, container: 80 }, '80'],
    ['8080:80', { ...tcp, host: 8080, container: 80 }, '8080:80'],
    ['8080:80/udp', { ip: '', host: 8080, container: 80, protocol: 'udp' }, '8080:80/udp'],
    ['127.0.0.1:8080:80', { ...tcp, ip: '127.0.0.1', host: 8080, container: 80 }, '127.0.0.1:8080:80'],
    ['127.0.0.1::80', { ...tcp, ip: '127.0.0.1', host: null, container: 80 }, '127.0.0.1::80'],
    ['[::1]:8080:80/TCP', { ...tcp, ip: '::1', host: 8080, container: 80 }, '[::1]:8080:80'],
    [' 0:80 ', { ...tcp, host: null, container: 80 }, '80'],
  ])('%j is read and written', (text, value, written) => {
    const port = parsePort(text);
    expect(port).toEqual({ ok: true, value });
    if (port.ok) expect(formatPort(port.value)).toBe(written);
  });
  test.each([
    ['', /not a port of the container/],
    ['http', /“http” is not a port of the container/],
    ['0', /1–65535/],
    ['65536', /1–65535/],
    ['99999999999999999999:80', /not a port of this machine/],
    ['8080:', /not a port of the container/],
    ['8080:80/icmp', /use tcp, udp or sctp/],
    ['8000-8010:80', /range: give each port its own -p/],
    ['localhost:8080:80', /“localhost” is not an IP address/],
    ['999.0.0.1:8080:80', /not an IP address/],
    ['::1:8080:80', /is not a port/],
    ['80:80:80:80', /is not a port/],
    ['80/tcp/udp', /is not a port/],
    ['８０', /not a port of the container/],
  ])('%j is refused and the right form is said', (text, why) => {
    expect(parsePort(text)).toEqual({ ok: false, why: expect.stringMatching(why) as unknown });
  });
});

describe('mounts', () => {
  test.each([
    ['notes:/data', { source: 'notes', target: '/data', readOnly: false }],
    ['notes:/data:ro', { source: 'notes', target: '/data', readOnly: true }],
    ['/srv/www:/www', { source: '/srv/www', target: '/www', readOnly: false }],
    ['/data', { source: '', target: '/data', readOnly: false }],
    ['C:\\Users\\me:/data', { source: 'C:\\Users\\me', target: '/data', readOnly: false }],
  ])('%j is read, and written the same', (text, value) => {
    expect(parseMount(text)).toEqual({ ok: true, value });
    expect(formatMount(value)).toEqual(['-v', text]);
  });
  test.each([
    ['', /is not a mount/],
    ['notes', /is not a mount: write volume:\/path/],
    ['./www:/www', /not a full path/],
    ['~/www:/www', /not a full path/],
    ['my notes:/data', /neither a volume's name/],
    ['notes:data', /is not a mount/],
    ['notes:/', /no place to mount/],
    [':/data', /names nothing before the colon/],
    ['notes:/data:z', /use ro or rw/],
    ['a:b:/c:ro', /is not a mount/],
  ])('%j is refused and the right form is said', (text, why) => {
    expect(parseMount(text)).toEqual({ ok: false, why: expect.stringMatching(why) as unknown });
  });
  test('a path with a colon takes the long form, commas and quotes survive', () => {
    const mount = { source: '/a:b,"c"', target: '/d', readOnly: true };
    const [flag, value] = formatMount(mount);
    expect([flag, value]).toEqual(['--mount', 'type=bind,"source=/a:b,""c""",target=/d,readonly']);
    expect(parseLongMount(value)).toEqual({ ok: true, value: mount });
    expect(parseMount(value)).toEqual({ ok: true, value: mount });
  });
  test.each([
    ['type=tmpfs,target=/t', /use volume or bind/],
    ['type=bind,source=rel,target=/t', /needs source=/],
    ['source=/abs,target=/t', /use type=bind/],
    ['type=volume,wat=1,target=/t', /“wat” of --mount is not known/],
    ['type=volume,source=a', /full path below/],
    ['', /not known here/],
  ])('--mount %j is refused', (text, why) => {
    expect(parseLongMount(text)).toEqual({ ok: false, why: expect.stringMatching(why) as unknown });
  });
});

describe('environment', () => {
  test.each(['A=b', 'A=', 'A=b=c d', 'lower.case-x=1'])('%j is taken as it stands', (text) => {
    expect(parseEnv(text)).toEqual({ ok: true, value: text });
  });
  test.each([
    ['A', /write A=value/],
    ['', /write NAME=value/],
    ['=x', /no name before the =/],
    ['A B=x', /no spaces/],
  ])('%j is refused and the right form is said', (text, why) => {
    expect(parseEnv(text)).toEqual({ ok: false, why: expect.stringMatching(why) as unknown });
  });
});
