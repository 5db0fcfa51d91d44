import { expect, test } from 'vitest';
import { copySequence, LONGEST_COPY } from '../../src/app/clipboard.ts';

test('the text goes out as OSC 52, whatever is in it', () => {
  const text = 'docker stop web\n👩‍👩‍👧‍👦\u001b]0;x\u0007';
  const copy = copySequence(text, {});
  expect(copy.ok && copy.sequence).toMatch(/^\u001b\]52;c;[A-Za-z0-9+/=]+\u0007$/);
  const base64 = copy.ok ? copy.sequence.slice(7, -1) : '';
  expect(Buffer.from(base64, 'base64').toString()).toBe(text);
});

test('tmux gets it for itself and for the terminal outside', () => {
  expect(copySequence('a', { TMUX: '/tmp/tmux-0/default,1,0' })).toEqual({
    ok: true,
    sequence: '\u001b]52;c;YQ==\u0007\u001bPtmux;\u001b\u001b]52;c;YQ==\u0007\u001b\\',
  });
  expect(copySequence('a', { TMUX: '' })).toEqual({ ok: true, sequence: '\u001b]52;c;YQ==\u0007' });
});

test('more than a terminal takes is refused with the figures, not cut', () => {
  expect(copySequence('x'.repeat(LONGEST_COPY), {}).ok).toBe(true);
  expect(copySequence('é'.repeat(LONGEST_COPY), {})).toEqual({
    ok: false,
    why: `${LONGEST_COPY * 2} bytes are too much for a terminal to copy (at most ${LONGEST_COPY})`,
  });
});
