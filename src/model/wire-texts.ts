import { refusalOf, statusInWords } from '../wire/describe-call.ts';
import type { WireCall } from '../wire/wire-call.ts';
import type { Tone } from './columns.ts';
import { humanSize } from '../engine/human-size.ts';
import type { TypedCommand } from './shells.ts';
import { described } from './wire-rows.ts';

export type Mark = { mark: string; text: string; tone: Tone };

/** How a call goes: a mark that needs no colour, and the status as far as there is one. */
export function statusMark(call: WireCall): Mark {
  const text = call.status === null ? '' : String(call.status);
  if (call.problem !== '') return { mark: '!', text, tone: 'bad' };
  if (call.status !== null && call.status >= 400) return { mark: '✗', text, tone: 'bad' };
  if (call.mode === 'upgraded') return { mark: '⇄', text, tone: 'accent' };
  if (call.status === null || call.endedAfter === null) return { mark: '…', text, tone: 'quiet' };
  return { mark: '✓', text, tone: 'good' };
}

/** How a typed command went; all empty for calls that no command made. */
export function commandMark(command: TypedCommand | null): Mark {
  if (command === null) return { mark: '', text: '', tone: 'plain' };
  if (command.endedAt === null) return { mark: '…', text: '', tone: 'quiet' };
  if (command.code === null) return { mark: '', text: '', tone: 'plain' };
  if (command.code === 0) return { mark: '✓', text: '', tone: 'good' };
  return { mark: '✗', text: String(command.code), tone: 'bad' };
}

/** `12 ms`, `1.2 s`, `3 min`, `2 h`; `…` while it goes on. At most 6 cells, 5 without the blank. */
export function durationText(milliseconds: number | null): string {
  if (milliseconds === null) return '…';
  const whole = Math.round(milliseconds);
  if (whole < 1) return '<1 ms';
  if (whole < 1000) return `${whole} ms`;
  if (whole < 59_950) return `${(whole / 1000).toFixed(1)} s`;
  const minutes = Math.round(whole / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** One sentence on what a call does, and on why it has not. */
export function callSentence(call: WireCall): string {
  const sentence = `It ${described(call).sentence}.`;
  if (call.problem !== '') return `${sentence} But ${call.problem}.`;
  if (call.status !== null && call.status >= 400)
    return `${sentence} ${call.status}: ${refusalOf(call) || statusInWords(call)}`.replace(/\.?$/, '.');
  return sentence;
}

/** Status in words, times and bytes, for the open call. */
export function callFacts(call: WireCall): string {
  const { mark, text } = statusMark(call);
  const words = statusInWords(call);
  const status =
    text === '' ? `${mark} no answer${call.endedAfter === null ? ' yet' : ''}` : `${mark} ${text}: ${words}`;
  return [status, ...timeTexts(call), `sent ${humanSize(call.sent)}, got ${humanSize(call.received)}`].join(
    ' · ',
  );
}

function timeTexts({ answeredAfter, endedAfter }: WireCall): string[] {
  if (endedAfter === null)
    return answeredAfter === null ? [] : [`answered after ${durationText(answeredAfter)}, goes on`];
  const isStream = answeredAfter !== null && endedAfter - answeredAfter > 1_000;
  return [isStream ? `answered after ${durationText(answeredAfter)}` : '', durationText(endedAfter)].filter(
    (part) => part !== '',
  );
}

/** What else there is to know: trouble on the way, the label, what is not shown as it was. */
export function callNotes(call: WireCall): string[] {
  const isCut = [call.request, call.response].some((body) => body?.cut);
  return [
    call.problem === '' ? '' : `Something went wrong: ${call.problem}.`,
    call.labelled ? 'Slipway has put its label on what this creates.' : '',
    call.masked ? 'A secret in it is masked.' : '',
    isCut ? 'Of a long body only the beginning is kept.' : '',
    ...unkept(call),
  ].filter((note) => note !== '');
}

function unkept(call: WireCall): string[] {
  if (call.mode === 'upgraded') return ['What goes through the pipe is not kept.'];
  const isSentKept = call.request !== null || call.sent === 0;
  const isGotKept = call.response !== null || call.received === 0;
  if (isSentKept && isGotKept) return [];
  const what = isSentKept ? 'The answer' : isGotKept ? 'What was sent' : 'What was sent and got';
  return [`${what} is not kept: it is no JSON.`];
}
