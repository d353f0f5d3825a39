import * as library from '@huggingface/tokenizers';

// The package's own types do not resolve here (its declaration files import each other without an extension), so what is
// used of its parts is described by hand. All of it is public there.

/** The library's tokenizer: the steps of encoding are fields that can be replaced. */
export interface LibraryTokenizer {
  normalizer: LibraryNormalizer | null;
  pre_tokenizer: LibraryPreTokenizer | null;
  model: LibraryModel;
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: number[] };
  get_added_tokens_decoder(): ReadonlyMap<number, LibraryAddedToken>;
}

export interface LibraryAddedToken {
  readonly content: string;
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

export interface LibraryModel {
  readonly config: unknown;
  tokens_to_ids: ReadonlyMap<string, number>;
  unk_token_id: number | undefined;
  readonly fuse_unk: boolean;
  encode(tokens: string[]): string[];
}

interface SequencePart extends LibraryPreTokenizer {
  readonly tokenizers: readonly (LibraryPreTokenizer | null)[];
}

interface SplitPart extends LibraryPreTokenizer {
  readonly pattern: RegExp | null;
  readonly config: { readonly behavior?: string };
}

interface ByteLevelPart extends LibraryPreTokenizer {
  readonly pattern: RegExp;
  readonly use_regex: boolean;
  readonly add_prefix_space: boolean;
}

interface BytePairPart extends LibraryModel {
  readonly merges: readonly (readonly [string, string])[];
  readonly ignore_merges: boolean;
  readonly end_of_word_suffix: string | null | undefined;
  readonly continuing_subword_suffix: string | null;
}

type Part<Options extends readonly unknown[], Type> = new (...options: Options) => Type;

export const {
  PreTokenizer,
  Model,
  SequencePreTokenizer,
  SplitPreTokenizer,
  ByteLevelPreTokenizer,
  BPE: BytePairModel,
} = library as unknown as {
  readonly PreTokenizer: abstract new () => LibraryPreTokenizer;
  readonly Model: abstract new (config: unknown) => LibraryModel;
  readonly SequencePreTokenizer: Part<[unknown], SequencePart>;
  readonly SplitPreTokenizer: Part<[unknown], SplitPart>;
  readonly ByteLevelPreTokenizer: Part<[{ use_regex: boolean; add_prefix_space: boolean }], ByteLevelPart>;
  readonly BPE: Part<[unknown], BytePairPart>;
};
/** The type of {@link ByteLevelPreTokenizer}. */
export type ByteLevelPreTokenizer = ByteLevelPart;
/** The type of {@link SplitPreTokenizer}. */
export type SplitPreTokenizer = SplitPart;
