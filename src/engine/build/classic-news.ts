import { cleanText } from '../clean-text.ts';
import { looseRow } from '../fields.ts';
import { streamedError } from '../reply-error.ts';
import type { BuildNews, StepPlace } from './build.ts';

/** `Step 3/8 : COPY a /b` of Docker, `STEP 3/8: COPY a /b` and `[1/2] STEP 3/4: COPY a /b` of podman. */
const STEP = /^(?:\[(\d+)\/\d+\] )?(?:Step|(STEP)) (\d+)\/(\d+) ?: (.*)$/;
const CACHED = /^ ?-{2,3}> Using cache/;
const IMAGE = /^ ?-{2,3}> ([0-9a-f]{11,64})$/;
const TALK =
  /^ ---> Running in |^Removing intermediate container |^(?:\[\d+\/\d+\] )?COMMIT\b|^Successfully (?:built|tagged) |^[0-9a-f]{64}$/;
/** A line of output may go on for ever. */
const LONGEST_LINE = 4_000;

export type ClassicNews = {
  /** Reads a value of the stream; throws the engine’s error. */
  take(value: unknown): BuildNews[];
  /** Id of the image that the build has made; empty while there is none. */
  made(): string;
};

/**
 * Reads what the classic builder of Docker, and podman’s, write for people to read: steps, what they print, and the image that
 * each leaves behind.
 */
export function classicNews(): ClassicNews {
  let steps = 0;
  let rest = '';
  let step = '';
  let isCached = false;
  let madeImage = '';
  return { take, made: () => madeImage };

  function take(value: unknown): BuildNews[] {
    const { stream, status, id, error, aux } = looseRow(value);
    const image = looseRow(aux)['ID'];
    if (typeof image === 'string') madeImage = cleanText(image);
    if (typeof error === 'string') throw streamedError(error);
    if (typeof status === 'string') {
      const part = typeof id === 'string' && id !== '' ? `${id}: ` : '';
      return [{ news: 'aside', line: cleanText(`${part}${status}`).trim() }];
    }
    if (typeof stream !== 'string') return [];
    const lines = (rest + stream).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    return lines.flatMap(readLine);
  }

  function readLine(raw: string): BuildNews[] {
    const line = cleanText(raw.slice(raw.lastIndexOf('\r', raw.length - 2) + 1)).trimEnd();
    const begun = STEP.exec(line);
    if (begun !== null) return beginStep(begun);
    if (step === '') return line === '' ? [] : [{ news: 'aside', line }];
    if (CACHED.test(line)) {
      isCached = true;
      return [{ news: 'cached', step }];
    }
    const image = IMAGE.exec(line)?.[1];
    if (image !== undefined) {
      const left: BuildNews = { news: 'left', step, image };
      return isCached ? [left] : [left, { news: 'ended', step, took: null, error: '' }];
    }
    return line === '' || TALK.test(line) ? [] : [{ news: 'said', step, line }];
  }

  function beginStep([, stage, isPodman, number, of, instruction = '']: RegExpExecArray): BuildNews[] {
    // Podman says no more of a FROM than that it begins.
    const before: BuildNews[] = step === '' ? [] : [{ news: 'ended', step, took: null, error: '' }];
    steps += 1;
    step = `${steps}`;
    isCached = false;
    const place: StepPlace = {
      stage: isPodman === undefined ? null : Number(stage ?? 1) - 1,
      number: Number(number),
      of: Number(of),
    };
    return [...before, { news: 'step', step, instruction, place }, { news: 'began', step }];
  }
}
