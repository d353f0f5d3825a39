import * as library from '@huggingface/tokenizers';

// The package's own types do not resolve here (its declaration files import each other without an extension), so what is
// used of its parts is described by hand. All of it is public there.

/** The library's tokenizer: the steps of encoding are fields that can be replaced. */
interface TokenizerPart {
  normalizer: LibraryNormalizer | null;
  pre_tokenizer: LibraryPreTokenizer | null;
  model: LibraryModel;
  readonly decoder: LibraryDecoder | null;
  /** By the text of a token. */
  added_tokens_map: ReadonlyMap<string, LibraryAddedToken>;
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: number[] };
  /** Tokens of a text without its frame; null for null. */
  encode_text(text: string | null): string[] | null;
  decode(tokenIds: number[], options: DecodeOptions): string;
  get_added_tokens_decoder(): ReadonlyMap<number, LibraryAddedToken>;
  get_vocab(withAddedTokens: boolean): ReadonlyMap<string, number>;
}

interface DecodeOptions {
  readonly skip_special_tokens: boolean;
  readonly clean_up_tokenization_spaces: boolean;
}

export interface LibraryAddedToken {
  readonly id: number;
  readonly content: string;
  /** Whether it must be a word of its own. */
  readonly single_word: boolean;
  /** Whether it swallows the white space on its left or right. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  /** Whether it is looked for in the normalised text. */
  readonly normalized: boolean;
}

export interface LibraryNormalizer {
  normalize(text: string): string;
}

/** @see Section.index for `section_index` */
export interface SectionOptions {
  readonly section_index: number;
}

export interface LibraryPreTokenizer {
  pre_tokenize(text: string | readonly string[], options: SectionOptions): string[];
  pre_tokenize_text(text: string, options: SectionOptions): string[];
}

/** A model is called with pre-tokens and gives tokens; `encode` is what it does then. */
export interface LibraryModel {
  (tokens: string[]): string[];
  readonly config: unknown;
  /** Tokens by their ids, for decoding. */
  readonly vocab: string[];
  tokens_to_ids: ReadonlyMap<string, number>;
  unk_token_id: number | undefined;
  fuse_unk: boolean;
  encode(tokens: string[]): string[];
}

export interface LibraryDecoder {
  /** The steps of a Sequence. */
  readonly decoders?: readonly LibraryDecoder[];
  decode_chain(tokens: string[]): string[];
}

interface MetaspaceDecoderPart extends LibraryDecoder {
  readonly replacement: string;
  readonly config: { readonly prepend_scheme?: string };
}

interface ByteLevelDecoderPart extends LibraryDecoder {
  /** Bytes by the letters that stand for them. */
  readonly byte_decoder: Readonly<Record<string, string>>;
}

interface SequencePart extends LibraryPreTokenizer {
  readonly tokenizers: readonly (LibraryPreTokenizer | null)[];
}

interface SplitPart extends LibraryPreTokenizer {
  readonly pattern: RegExp | null;
  readonly config: { readonly behavior?: string };
}

interface BytePairPart extends LibraryModel {
  readonly merges: readonly (readonly [string, string])[];
  readonly ignore_merges: boolean;
  readonly end_of_word_suffix: string | null | undefined;
  readonly continuing_subword_suffix: string | null;
}

type Part<Options extends readonly unknown[], Type> = new (...options: Options) => Type;

export const {
  Tokenizer: LibraryTokenizer,
  PreTokenizer,
  Model,
  SequencePreTokenizer,
  SplitPreTokenizer,
  ByteLevelPreTokenizer,
  BPE: BytePairModel,
  Unigram: UnigramModel,
  ByteFallbackDecoder,
  ByteLevelDecoder,
  MetaspaceDecoder,
} = library as unknown as {
  readonly Tokenizer: Part<[unknown, Readonly<Record<string, unknown>>], TokenizerPart>;
  readonly PreTokenizer: abstract new () => LibraryPreTokenizer;
  readonly Model: abstract new (config: unknown) => LibraryModel;
  readonly SequencePreTokenizer: Part<[unknown], SequencePart>;
  readonly SplitPreTokenizer: Part<[unknown], SplitPart>;
  readonly ByteLevelPreTokenizer: Part<
    [{ use_regex: boolean; add_prefix_space: boolean }],
    LibraryPreTokenizer
  >;
  readonly BPE: Part<[unknown], BytePairPart>;
  readonly Unigram: Part<[unknown], LibraryModel>;
  readonly ByteFallbackDecoder: Part<[unknown], LibraryDecoder>;
  readonly ByteLevelDecoder: Part<[unknown], ByteLevelDecoderPart>;
  readonly MetaspaceDecoder: Part<[unknown], MetaspaceDecoderPart>;
};
/** The type of {@link LibraryTokenizer}. */
export type LibraryTokenizer = TokenizerPart;
/** The type of {@link SplitPreTokenizer}. */
export type SplitPreTokenizer = SplitPart;
