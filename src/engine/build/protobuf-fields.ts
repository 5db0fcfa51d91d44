import { EngineError } from '../errors.ts';

/** A field of a message: its number, and a varint as a number or what has a length as bytes. */
export type ProtobufField = { number: number; value: number | Buffer };

const VARINT = 0;
const FIXED64 = 1;
const WITH_LENGTH = 2;
const FIXED32 = 5;

/**
 * The fields of a Protocol Buffers message, in their order (https://protobuf.dev/programming-guides/encoding/). Numbers
 * beyond 2^53 lose their last digits: none here means anything by them.
 */
export function protobufFields(message: Buffer): ProtobufField[] {
  const fields: ProtobufField[] = [];
  let at = 0;
  const varint = (): number => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = message[at];
      if (byte === undefined || factor > 2 ** 63) throw unreadable();
      at += 1;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    if (length > message.length - at) throw unreadable();
    at += length;
    return message.subarray(at - length, at);
  };
  const valueOf = (type: number): number | Buffer => {
    if (type === VARINT) return varint();
    if (type === WITH_LENGTH) return bytes(varint());
    if (type === FIXED64) return bytes(8);
    if (type === FIXED32) return bytes(4);
    throw unreadable();
  };
  while (at < message.length) {
    const key = varint();
    fields.push({ number: Math.floor(key / 8), value: valueOf(key % 8) });
  }
  return fields;
}

function unreadable(): EngineError {
  return new EngineError('protocol', 'what the builder tells cannot be read');
}
