import { isUtf8 } from 'node:buffer';
import {
  ByteFallbackDecoder,
  ByteLevelDecoder,
  type LibraryDecoder,
  MetaspaceDecoder,
} from '../library-parts.js';

/** Lets a decoder write what Python writes where the library's own differs: bytes that are no text, and word starts. */
export function correctDecoder(decoder: LibraryDecoder | null): void {
  if (decoder instanceof MetaspaceDecoder) {
    const { replacement, config } = decoder;
    decoder.decode_chain = (tokens) =>
      tokens.map((token, place) =>
        token.replaceAll(replacement, place === 0 && config.prepend_scheme !== 'never' ? '' : ' '),
      );
  } else if (decoder instanceof ByteLevelDecoder) {
    const { byte_decoder } = decoder;
    decoder.decode_chain = (tokens) => [
      Buffer.concat(tokens.map((token) => bytesOfLetters(token, byte_decoder))).toString('utf8'),
    ];
  } else if (decoder instanceof ByteFallbackDecoder) {
    decoder.decode_chain = joinBytes;
  }
  for (const step of decoder?.decoders ?? []) {
    correctDecoder(step);
  }
}

/** A token with a letter that stands for no byte is text already. */
function bytesOfLetters(token: string, byteOf: Readonly<Record<string, string>>): Buffer {
  const bytes = [...token].map((letter) => byteOf[letter]);
  return bytes.includes(undefined) ? Buffer.from(token) : Buffer.from(bytes.map(Number));
}

/** Byte tokens in a row as text; where they are none, a sign of replacement for each. */
function joinBytes(tokens: readonly string[]): string[] {
  const all: string[] = [];
  let bytes: number[] = [];
  const settle = (): void => {
    if (bytes.length > 0) {
      const text = Buffer.from(bytes);
      all.push(isUtf8(text) ? text.toString('utf8') : '\uFFFD'.repeat(bytes.length));
      bytes = [];
    }
  };
  for (const token of tokens) {
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(token)?.[1];
    if (byte === undefined) {
      settle();
      all.push(token);
    } else {
      bytes.push(Number.parseInt(byte, 16));
    }
  }
  settle();
  return all;
}
