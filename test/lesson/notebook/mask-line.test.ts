import { expect, test } from 'vitest';
import { maskLine } from '../../../src/lesson/notebook/mask-line.ts';
import { dice } from '../../support/odd-text.ts';

test.each([
  ['docker run -e DB_PASSWORD=hunter2 tiny:1', 'docker run -e DB_PASSWORD=•••• tiny:1'],
  ['docker run -e "DB_PASSWORD=hunter two" tiny:1', 'docker run -e "DB_PASSWORD=••••" tiny:1'],
  ["docker run --env='API_KEY=a b' x", "docker run --env='API_KEY=••••' x"],
  ["docker run -e TOKEN='a b' x", 'docker run -e TOKEN=•••• x'],
  ['DB_PASSWORD=x\\ y docker run -e DB_PASSWORD tiny:1', 'DB_PASSWORD=•••• docker run -e DB_PASSWORD tiny:1'],
  ['docker build --build-arg TOKEN=abc .', 'docker build --build-arg TOKEN=•••• .'],
  ['docker login -u me -p hunter2 reg:5000', 'docker login -u me -p •••• reg:5000'],
  ['docker login --password hunter2', 'docker login --password ••••'],
  ['mysql -uroot -phunter2 db', 'mysql -uroot -p•••• db'],
  ["docker exec db sh -c 'mysql -phunter2 shop'", "docker exec db sh -c 'mysql -p•••• shop'"],
  ['curl https://me:hunter2@host/x', 'curl https://••••@host/x'],
  ['curl -H "Authorization: Bearer hunter2" host', 'curl -H "Authorization: Bearer ••••" host'],
])('hides the secret of %s', (line, masked) => {
  expect(maskLine(line)).toBe(masked);
});

test.each([
  'docker run -p 8080:80 -e COLOR=blue tiny:1',
  'docker compose -p shop up -d',
  'mkdir -p a/b; docker login --password-stdin reg:5000',
  `docker exec keep sh -c 'echo "hi there" > /note'`,
])('leaves %s as it is', (line) => {
  expect(maskLine(line)).toBe(line);
});

test('a login does not make a password of the port of the next command', () => {
  expect(maskLine('docker login -p hunter2 && docker run -p 80:80 x')).toBe(
    'docker login -p •••• && docker run -p 80:80 x',
  );
});

test('takes any line, and never gives the secret away', () => {
  const throws = dice(7, { controls: true });
  for (let i = 0; i < 3000; i += 1) {
    const line = `${throws.text(6)} -e DB_PASSWORD=hunter2 ${throws.text(6)}`;
    expect(maskLine(line), line).not.toContain('hunter2');
  }
});
