/** A stretch of text between added tokens, normalised: what is cut into pre-tokens. */
export interface Section {
  readonly text: string;
  /** Its place among added tokens and stretches of text; some pre-tokenizers treat the first one differently. */
  readonly index: number;
}

/** A text as ids that are settled (added tokens and those that frame a text) and sections that are still text. */
export type Outline = readonly (number | Section)[];

/** Whether to add the special tokens that the tokenizer's own settings ask for. */
export interface EncodeOptions {
  readonly specialTokens: boolean;
}

/** Outlines a text; null where the library's framing cannot be followed. */
export type OutlineText = (text: string, options: EncodeOptions) => Outline | null;
