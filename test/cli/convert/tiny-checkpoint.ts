import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Hugging Face folder of four weights, complete as far as its headers tell; every file can be replaced or left out (null). */
export function tinyCheckpoint(changes: Readonly<Record<string, string | Uint8Array | null>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
  const files: Record<string, string | Uint8Array | null> = {
    'config.json': JSON.stringify({ architectures: ['LlamaForCausalLM'], model_type: 'llama' }),
    'tokenizer.json': '{}',
    'tokenizer_config.json': '{}',
    'model.safetensors': safetensors(),
    ...changes,
  };
  for (const [name, content] of Object.entries(files)) {
    if (content !== null) {
      writeFileSync(join(folder, name), content);
    }
  }
  return folder;
}

/** One tensor of 2 x 2 in float32. */
export function safetensors(): Uint8Array {
  const header = JSON.stringify({ weight: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] } });
  return Buffer.concat([uint64(header.length), Buffer.from(header), Buffer.alloc(16)]);
}

/** A GGUF file with texts, whole numbers and lists of whole numbers as metadata, and tensors of one weight. */
export function gguf(
  metadata: Readonly<Record<string, string | number | readonly number[]>>,
  tensors: readonly string[] = [],
): Uint8Array {
  const entries = Object.entries(metadata).flatMap(([key, value]) => [text(key), ...ggufValue(value)]);
  const infos = tensors.flatMap((name) => [text(name), uint32(1), uint64(1), uint32(0), uint64(0)]);
  const counts = [uint64(tensors.length), uint64(Object.keys(metadata).length)];
  return Buffer.concat([Buffer.from('GGUF'), uint32(3), ...counts, ...entries, ...infos]);
}

function ggufValue(value: string | number | readonly number[]): Buffer[] {
  const [UINT32, STRING, ARRAY] = [4, 8, 9];
  if (typeof value === 'string') {
    return [uint32(STRING), text(value)];
  }
  if (typeof value === 'number') {
    return [uint32(UINT32), uint32(value)];
  }
  return [uint32(ARRAY), uint32(UINT32), uint64(value.length), ...value.map(uint32)];
}

function text(value: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
