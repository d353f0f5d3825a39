export type OptionOrder = 'given' | 'reversed';

/** `plain`: the template's text as it is. `chat`: the text as a user turn of the model's own chat template. */
export type PromptFormat = 'plain' | 'chat';

/** A prompt template. `{question}`, `{options}` and `{country}` are filled in. */
export interface PromptTemplate {
  readonly id: string;
  /** Where the country stands; `none` for the country-free wording. */
  readonly country: 'first' | 'last' | 'none';
  readonly description: string;
  readonly text: string;
}

/** An option as a prompt shows it. */
export interface PromptOption {
  /** The letter that stands for the option. */
  readonly letter: string;
  /** The survey's code of the answer. */
  readonly code: number;
  readonly label: string;
}

/** What makes a prompt the prompt it is: the key of a reading. */
export interface PromptKey {
  readonly variable: string;
  /** ISO3 code, or null for the country-free wording. */
  readonly country: string | null;
  readonly template: string;
  readonly order: OptionOrder;
  readonly format: PromptFormat;
}

/** One question put to a model. */
export interface Prompt extends PromptKey {
  readonly text: string;
  /** Options in the order shown: letters A, B, C ... from top to bottom. */
  readonly options: readonly PromptOption[];
  /** True where the prompt ends in a letter or sign, a special token say, and its model yet writes no space before an answer. */
  readonly answerFollowsAtOnce?: boolean;
}

/** The token that stands for an option right after the prompt. */
export interface OptionToken {
  readonly tokenId: number;
  /** The token's text, for example " A". */
  readonly text: string;
}

/** A prompt as a model sees it. */
export interface EncodedPrompt {
  readonly prompt: Prompt;
  readonly tokenIds: readonly number[];
  /** One token for each option of the prompt, in the prompt's order. */
  readonly optionTokens: readonly OptionToken[];
}

/** A prompt with the answer text of each of its options, as a model sees them. */
export interface EncodedAnswers {
  readonly prompt: Prompt;
  readonly tokenIds: readonly number[];
  /** Token ids of each option's label right after the prompt, in the prompt's order. */
  readonly answerTokenIds: readonly (readonly number[])[];
}
