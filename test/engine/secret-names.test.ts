import { expect, test } from 'vitest';
import { isSecretName, maskAssignment } from '../../src/engine/secret-names.ts';

test.each(['DB_PASSWORD', 'passwd', 'MY_SECRET_1', 'NPM_TOKEN', 'apiKey'])('%s is secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each(['PATH', 'PASS', '', 'A-TOKEN B', 'two words KEY'])('%j is not', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test.each([
  ['API_KEY=abc', 'API_KEY=••••'],
  ['API_KEY=a=b\nc', 'API_KEY=••••'],
  ['-eAPI_KEY=abc', '-eAPI_KEY=••••'],
  ['--env=API_KEY=abc', '--env=API_KEY=••••'],
  ['API_KEY=', 'API_KEY='],
  ['PATH=/bin', 'PATH=/bin'],
  ['say API_KEY=abc', 'say API_KEY=abc'],
  ['KEY'.repeat(30_000), 'KEY'.repeat(30_000)],
])('%.20j is shown as %.20j', (text, shown) => {
  expect(maskAssignment(text)).toBe(shown);
});
