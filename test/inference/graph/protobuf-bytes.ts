import type { ByteSource } from '../../../lib/inference/graph/byte-source.js';
import { fieldsBetween, lengthPrefix } from '../../../lib/inference/graph/wire.js';

/** Bytes in memory as something to read from. */
export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
});

/** Parts one after the other. */
export const bytesOf = (parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** A text as UTF-8. */
export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A field that holds bytes. */
export const field = (number: number, content: Uint8Array): Uint8Array =>
  bytesOf([lengthPrefix(number, content.length), content]);

/** Fields of a message with their contents, in an order that does not depend on who wrote it. */
export type Canonical = readonly (string | readonly [number, Canonical])[];

// Which fields hold messages, for the comparison of everything down to single fields.
interface Layout {
  readonly [field: number]: Layout;
}
const value: Layout = { 2: { 1: { 2: { 1: {} } } } };
const tensor: Layout = { 13: {} };
const graph: { [field: number]: Layout } = { 5: tensor, 11: value, 12: value, 13: value };
const attribute: Layout = { 5: tensor, 6: graph };
graph[1] = { 5: attribute };
/** The layout of a model. */
export const model: Layout = { 7: graph, 8: {}, 25: { 7: graph[1] } };

/** A message in its canonical form. */
export function canonical(bytes: Uint8Array, layout: Layout): Canonical {
  const source = sourceOf(bytes);
  const repeated = new Map<number, number>();
  return [...fieldsBetween(source, 0, bytes.length)]
    .map(({ number, start, content, end }) => {
      const inner = layout[number];
      const turn = repeated.get(number) ?? 0;
      repeated.set(number, turn + 1);
      return {
        key: number * 1e6 + turn,
        entry:
          inner === undefined
            ? `${number}: ${Buffer.from(bytes.subarray(start, end)).toString('hex')}`
            : ([number, canonical(bytes.subarray(content, end), inner)] as const),
      };
    })
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry);
}
