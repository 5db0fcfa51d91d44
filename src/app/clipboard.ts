import { Buffer } from 'node:buffer';

/** Bytes of text that terminals take: xterm stops at 100,000 of base64 in one sequence, others at less than that. */
export const LONGEST_COPY = 74_994;

export type CopySequence = { ok: true; sequence: string } | { ok: false; why: string };

/**
 * What has to be written to the terminal so that a text gets into the clipboard of the person before it, also through
 * ssh (OSC 52). Whether the terminal does so cannot be known: some ask, some have it switched off.
 */
export function copySequence(text: string, env: NodeJS.ProcessEnv): CopySequence {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > LONGEST_COPY)
    return {
      ok: false,
      why: `${bytes.length} bytes are too much for a terminal to copy (at most ${LONGEST_COPY})`,
    };
  const sequence = `\u001b]52;c;${bytes.toString('base64')}\u0007`;
  return { ok: true, sequence: isSet(env['TMUX']) ? throughTmux(sequence) : sequence };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/**
 * Once for tmux, which fills its own buffer and by `set-clipboard on` the clipboard too; once wrapped for the terminal
 * outside, which needs `allow-passthrough on` from tmux 3.3 on. tmux(1), “set-clipboard”.
 */
function throughTmux(sequence: string): string {
  return `${sequence}\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
}
