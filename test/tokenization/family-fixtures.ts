import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { projectPath } from '../../lib/files/data-folder.js';
import type { Tokenizer } from '../../lib/tokenization/tokenizer.js';

/** What Python gives for one kind of tokenizer; hashes are base64, those of all texts, or all tokens, joined. */
export interface ExpectedKind {
  readonly ids: string;
  readonly decoded: string;
  readonly tokenTexts: string;
  /** The first texts' ids in full. */
  readonly first: readonly { readonly plain: readonly number[]; readonly special: readonly number[] }[];
  /** What AutoTokenizer makes of the folder: its class, and in how many texts its ids are others. */
  readonly ownClass: { readonly name: string; readonly different: number; readonly example: string | null };
}

type Hashed = 'ids' | 'decoded' | 'tokenTexts';

interface ExpectedFile {
  readonly hashBytes: Readonly<Record<Hashed, number>>;
  readonly kinds: Readonly<Record<string, ExpectedKind>>;
}

const FOLDER = projectPath('test', 'fixtures', 'tokenizers');

/** The folder of a kind. */
export const kindFolder = (kind: string): string => join(FOLDER, kind);

const readGzip = (name: string): unknown =>
  JSON.parse(gunzipSync(readFileSync(join(FOLDER, name))).toString('utf8'));

export const texts = readGzip('texts.json.gz') as readonly string[];
const expected = readGzip('expected.json.gz') as ExpectedFile;
export const kinds = expected.kinds;

/** Ids of a text with the tokenizer's own special tokens and without. */
export const bothIds = (tokenizer: Pick<Tokenizer, 'encode'>, text: string) => ({
  plain: tokenizer.encode(text, { specialTokens: false }),
  special: tokenizer.encode(text, { specialTokens: true }),
});

/** The texts whose ids are not Python's; with `most`, no more than so many. */
export function differentIds(
  tokenizer: Pick<Tokenizer, 'encode'>,
  kind: ExpectedKind,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const idsOf = (text: string): unknown => Object.values(bothIds(tokenizer, text));
  return different(kind, { hashed: 'ids', compared: idsOf, most }, texts);
}

/** The texts that are decoded, from their ids without special tokens, to something else than in Python. */
export function differentTexts(tokenizer: Tokenizer, kind: ExpectedKind): string[] {
  const compared = (text: string): string => tokenizer.decode(bothIds(tokenizer, text).plain);
  return different(kind, { hashed: 'decoded', compared, most: Number.POSITIVE_INFINITY }, texts);
}

/** The ids whose text alone is another than in Python. */
export function differentTokenTexts(tokenizer: Tokenizer, kind: ExpectedKind): number[] {
  const ids = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id);
  const compared = (id: number): string => tokenizer.decode([id]);
  return different(kind, { hashed: 'tokenTexts', compared, most: Number.POSITIVE_INFINITY }, ids);
}

function different<Value>(
  kind: ExpectedKind,
  { hashed, compared, most }: { hashed: Hashed; compared: (value: Value) => unknown; most: number },
  values: readonly Value[],
): Value[] {
  const length = expected.hashBytes[hashed];
  const wanted = Buffer.from(kind[hashed], 'base64');
  const found: Value[] = [];
  for (const [place, value] of values.entries()) {
    const hash = createHash('sha256')
      .update(JSON.stringify(compared(value)))
      .digest();
    if (!hash.subarray(0, length).equals(wanted.subarray(place * length, (place + 1) * length))) {
      found.push(value);
    }
    if (found.length >= most) {
      break;
    }
  }
  return found;
}
