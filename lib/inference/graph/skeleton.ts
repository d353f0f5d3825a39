import { create, toBinary } from '@bufbuild/protobuf';
import { type ByteSource, windowed } from './byte-source.js';
import { TensorProtoSchema } from './onnx_pb.js';
import { fieldsBetween, lengthPrefix, type WireField } from './wire.js';

/** Tensors up to this size stay inside the skeleton: shapes and masks are computed from them. */
const MOST_EMBEDDED_BYTES = 1024;
const RAW_DATA = 9;
const EXTERNAL = 1;

type MessageKind = 'model' | 'graph' | 'node' | 'attribute' | 'tensor';

// Which fields of which message lead to tensors.
const LEADS_TO: Readonly<Record<MessageKind, Readonly<Record<number, MessageKind>>>> = {
  model: { 7: 'graph' },
  graph: { 1: 'node', 5: 'tensor' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 11: 'graph' },
  tensor: {},
};

/**
 * Copies a model file without its large weights.
 *
 * Every large tensor that is embedded becomes external data at its own place in the file, so onnxruntime maps it from there.
 * Everything else is copied byte by byte. Only what is copied is read.
 *
 * @param location name under which onnxruntime finds the file in its folder
 * @throws WireError when the file is not a protobuf message or is cut short
 */
export function readSkeleton(source: ByteSource, location: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  const walk = { source: windowed(source), location };
  const length = copyMessage(walk, { kind: 'model', start: 0, end: source.size }, pieces);
  const bytes = new Uint8Array(length);
  let place = 0;
  for (const piece of pieces) {
    bytes.set(piece, place);
    place += piece.length;
  }
  return bytes;
}

interface Walk {
  readonly source: ByteSource;
  readonly location: string;
}

interface MessagePlace {
  readonly kind: MessageKind;
  readonly start: number;
  readonly end: number;
}

/** Copies one message. @returns its new length */
function copyMessage(walk: Walk, message: MessagePlace, pieces: Uint8Array[]): number {
  let length = 0;
  const add = (piece: Uint8Array): void => {
    pieces.push(piece);
    length += piece.length;
  };
  // Neighbouring fields that stay as they are are copied together.
  let unchanged = message.start;
  const copyUntil = (end: number): void => {
    if (end > unchanged) {
      add(walk.source.read(unchanged, end - unchanged));
    }
  };
  let embedded: WireField | null = null;
  for (const field of fieldsBetween(walk.source, message.start, message.end)) {
    const size = field.end - field.content;
    const kind = LEADS_TO[message.kind][field.number];
    if (size <= MOST_EMBEDDED_BYTES) {
      continue;
    }
    if (message.kind === 'tensor' && field.number === RAW_DATA) {
      copyUntil(field.start);
      unchanged = field.end;
      embedded = field;
    } else if (kind !== undefined) {
      copyUntil(field.start);
      unchanged = field.end;
      const inner: Uint8Array[] = [];
      const innerLength = copyMessage(walk, { kind, start: field.content, end: field.end }, inner);
      add(lengthPrefix(field.number, innerLength));
      pieces.push(...inner);
      length += innerLength;
    }
  }
  copyUntil(message.end);
  if (embedded !== null) {
    add(externalReference(walk.location, embedded));
  }
  return length;
}

/** The fields of a tensor that say where its data lies. */
function externalReference(location: string, { content, end }: WireField): Uint8Array {
  const entries = { location, offset: String(content), length: String(end - content) };
  return toBinary(
    TensorProtoSchema,
    create(TensorProtoSchema, {
      dataLocation: EXTERNAL,
      externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
    }),
  );
}
