import type { ByteSource } from './byte-source.js';

/** One field of a protobuf message, by its place in the file. */
export interface WireField {
  readonly number: number;
  /** First byte of the field, its tag included. */
  readonly start: number;
  /** Where the content of a length-delimited field begins; equal to `end` for other fields. */
  readonly content: number;
  readonly end: number;
}

/** The bytes are not a protobuf message: where, and what is wrong. */
export class WireError extends Error {}

const MAX_VARINT_BYTES = 10;
const LENGTH_DELIMITED = 2;

/**
 * Fields of the message that lies between two places, in their order.
 *
 * @throws WireError when a field reaches beyond the end or its tag has no meaning
 */
export function* fieldsBetween(source: ByteSource, start: number, end: number): Generator<WireField> {
  let place = start;
  while (place < end) {
    const tag = readVarint(source, place, end);
    const number = Math.floor(tag.value / 8);
    const type = tag.value % 8;
    let content = tag.end;
    let fieldEnd: number;
    if (type === LENGTH_DELIMITED) {
      const length = readVarint(source, tag.end, end);
      content = length.end;
      fieldEnd = content + length.value;
    } else if (type === 0) {
      fieldEnd = readVarint(source, tag.end, end).end;
    } else if (type === 1 || type === 5) {
      fieldEnd = tag.end + (type === 1 ? 8 : 4);
    } else {
      throw new WireError(`at byte ${place} stands a field of unknown type ${type}`);
    }
    if (number === 0 || fieldEnd > end) {
      throw new WireError(`at byte ${place} a field ends at byte ${fieldEnd}, beyond its message at ${end}`);
    }
    yield { number, start: place, content: type === LENGTH_DELIMITED ? content : fieldEnd, end: fieldEnd };
    place = fieldEnd;
  }
}

/** Tag of a length-delimited field and the length that follows it. */
export function lengthPrefix(fieldNumber: number, length: number): Uint8Array {
  return Uint8Array.from([...varint(fieldNumber * 8 + LENGTH_DELIMITED), ...varint(length)]);
}

function readVarint(source: ByteSource, place: number, end: number): { value: number; end: number } {
  const bytes = source.read(place, Math.min(MAX_VARINT_BYTES, end - place));
  let value = 0;
  let scale = 1;
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      return { value, end: place + index + 1 };
    }
    scale *= 128;
  }
  throw new WireError(`at byte ${place} a number does not end`);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}
