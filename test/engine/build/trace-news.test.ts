import { describe, expect, test } from 'vitest';
import type { BuildNews } from '../../../src/engine/build/build.ts';
import { protobufFields } from '../../../src/engine/build/protobuf-fields.ts';
import { readTrace } from '../../../src/engine/build/trace.ts';
import { traceNews } from '../../../src/engine/build/trace-news.ts';
import { looseRow } from '../../../src/engine/fields.ts';
import { recorded } from './recorded.ts';

const messages = recorded('buildkit-20.10-failing.jsonl').flatMap((value) => {
  const { id, aux } = looseRow(value);
  return id === 'moby.buildkit.trace' && typeof aux === 'string' ? [Buffer.from(aux, 'base64')] : [];
});

describe('fields of a message', () => {
  test('are numbers and bytes, in their order', () => {
    // From the encoding guide: field 1 is 150, field 2 is “testing”.
    const message = Buffer.from('089601120774657374696e67', 'hex');
    expect(protobufFields(message)).toEqual([
      { number: 1, value: 150 },
      { number: 2, value: Buffer.from('testing') },
    ]);
  });
  test('of fixed width are passed over', () => {
    const message = Buffer.from('0d0102030411010203040506070808961a', 'hex');
    expect(protobufFields(message).map(({ number }) => number)).toEqual([1, 2, 1]);
  });
  test.each(['0896', '1207', '0f', '08ffffffffffffffffffffff', '12ff01'])(
    'that are broken off are an error: %s',
    (hex) => {
      expect(() => protobufFields(Buffer.from(hex, 'hex'))).toThrow('cannot be read');
    },
  );
  test('are read or refused at every place that a message may be cut', () => {
    for (const message of messages) {
      for (let length = 0; length < message.length; length += 1) {
        try {
          readTrace(message.subarray(0, length));
        } catch (error) {
          expect(error).toMatchObject({ kind: 'protocol' });
        }
      }
    }
  });
});

describe('a recorded build of BuildKit', () => {
  const read = traceNews();
  const news: BuildNews[] = messages.flatMap(read);

  test('has its steps, each told once', () => {
    const steps = news.filter((one) => one.news === 'step');
    expect(steps.map(({ instruction, place }) => [instruction, place.stage, place.number, place.of])).toEqual(
      [
        ['FROM docker.io/library/tiny:1', 0, 1, 3],
        ['RUN echo one', 0, 2, 3],
        ['RUN echo two;   nosuchcmd', 0, 3, 3],
      ],
    );
  });
  test('says what the steps print, and which one fails with what', () => {
    const [, , failing] = news.filter((one) => one.news === 'step').map(({ step }) => step);
    expect(news.filter((one) => one.news === 'said').map(({ line }) => line)).toEqual([
      'one',
      'two',
      '/bin/sh: 1: nosuchcmd: not found',
    ]);
    const ended = news.filter((one) => one.news === 'ended' && one.step === failing);
    expect(ended).toMatchObject([
      { error: 'executor failed running [/bin/sh -c echo two;   nosuchcmd]: exit code: 127' },
    ]);
  });
  test('has times by the engine’s clock', () => {
    const took = news.flatMap((one) => (one.news === 'ended' && one.took !== null ? [one.took] : []));
    expect(took.length).toBeGreaterThan(2);
    expect(took.every((ms) => ms >= 0 && ms < 10_000)).toBe(true);
  });
});
