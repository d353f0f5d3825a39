/**
 * The records that cross rooms. This file imports nothing and every room may import it.
 *
 * Conventions: log-probabilities are natural logarithms; scores lie in [-1, 1], where +1 means *more* of what an
 * item's label names; a share or probability lies in [0, 1]; `null` marks what is undefined or was not observed
 * (never 0, never NaN).
 */

// ---------------------------------------------------------------------------------------------- survey

/** A country or territory of the survey. */
export interface Country {
  /** ISO 3166-1 alpha-3 code (the survey's own `NIR` for Northern Ireland). */
  readonly iso3: string;
  readonly name: string;
  /** The name as it stands inside a sentence: "the Netherlands". */
  readonly promptName: string;
  /** The survey's numeric B_COUNTRY code. */
  readonly surveyCode: number;
  readonly continent: string;
  /** Inglehart-Welzel cultural zone. */
  readonly culturalZone: string;
  readonly western: boolean;
  /** One of the 55 countries analysed by default. */
  readonly inDefaultSet: boolean;
  readonly respondents: number;
  /** Year of fieldwork, null where the source does not tell. */
  readonly year: number | null;
}

/** One answer option of an item. */
export interface AnswerOption {
  /** The survey's code of this answer. */
  readonly code: number;
  readonly label: string;
  /** Oriented score in [-1, 1]; null for options without an order (nominal items). */
  readonly score: number | null;
  /** False for answers that people may volunteer (they count in people's means) but that are never offered. */
  readonly offered: boolean;
}

/** What an answer to an item tells about a person. */
export type Construct = 'value' | 'perception' | 'experience' | 'behaviour';

/** One survey question. */
export interface Item {
  /** The survey's variable name, "Q1" ... "Q259". */
  readonly variable: string;
  /** Category id, for example "religious". */
  readonly category: string;
  /** Items asked together under one stem: the unit of resampling. */
  readonly battery: string;
  readonly construct: Construct;
  /** Names the pole that scores +1. */
  readonly label: string;
  /** Wording of our own; addressed to the person asked. */
  readonly question: string;
  /** In the order offered. Empty only where the item cannot be asked. */
  readonly options: readonly AnswerOption[];
  /** Which end of the survey's codes means more of the label; null for nominal items. */
  readonly orientation: 'lower' | 'higher' | null;
  /** Special codes that are dropped before any share or mean. */
  readonly droppedCodes: readonly number[];
  readonly canMean: boolean;
  /** Why no mean makes sense; null when one does. */
  readonly whyNoMean: string | null;
  readonly canAsk: boolean;
  /** Why the item cannot be asked on its own; null when it can. */
  readonly whyNotAsked: string | null;
  readonly note: string | null;
}

/** A category of items (a section of the questionnaire) and the group that it belongs to. */
export interface Category {
  readonly id: string;
  readonly title: string;
  /** Group id; null for categories outside the groups. */
  readonly group: string | null;
}

/** How the people of one country answered one item. */
export interface HumanAnswer {
  readonly country: string;
  readonly variable: string;
  /** Mean score in [-1, 1]; null where the item cannot carry a mean. */
  readonly meanScore: number | null;
  /** Share of each valid code, summing to 1; null where only a mean is known. */
  readonly shares: readonly AnswerShare[] | null;
  /** Whether survey weights entered the mean score. */
  readonly weighted: boolean;
  /** Valid answers behind the cell; an upper bound where the source tells only shares, null where it does not tell. */
  readonly respondents: number | null;
  /** Where the aggregate comes from (see data/survey/README.md). */
  readonly source: string;
  /** What looks wrong about the cell in the survey itself; null where nothing does. */
  readonly suspect: string | null;
}

/** Share of the people who gave one answer. */
export interface AnswerShare {
  readonly code: number;
  readonly share: number;
}

// --------------------------------------------------------------------------------------------- prompts

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

// ------------------------------------------------------------------------------------------- inference

export type Provider = 'cuda' | 'webgpu' | 'cpu';

/** A token with its log-probability. */
export interface TokenLogProb {
  readonly tokenId: number;
  readonly logProb: number;
}

/** What one forward pass says about the options of one prompt. */
export type OptionReading =
  | {
      readonly kind: 'read';
      /** Log-probability of each option token, in the prompt's order. */
      readonly optionLogProbs: readonly number[];
      /** Log of the probability mass on all option tokens together; at most 0. */
      readonly optionLogMass: number;
      /** The most probable next tokens, best first. */
      readonly topTokens: readonly TokenLogProb[];
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Log-probability of a text that follows a prompt, summed over its tokens. */
export interface ContinuationReading {
  readonly logProb: number;
  readonly tokens: number;
}

/** What a model says about the answer texts of one prompt. */
export type AnswerTextReading =
  | {
      readonly kind: 'read';
      /** Log-probability of each option's label after the prompt, summed over its tokens, in the prompt's order. */
      readonly optionLogProbs: readonly number[];
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Which prompts go together through the model in one run; prompts are named by their place in the list planned. */
export interface WorkUnit {
  /** In a packed row: in the depth-first order of the row. */
  readonly prompts: readonly number[];
}

/**
 * How prompts go through a model.
 *
 * `packed-rows`: the prefix tree of many prompts in one row, each token computed once. `equal-length-batches`: whole
 * prompts, unpadded. `single-prompts`: the same, one prompt a run, where neighbours change a prompt's numbers.
 */
export type RunWay = 'packed-rows' | 'equal-length-batches' | 'single-prompts';

/** How a list of prompts is cut into runs of the model. */
export interface RunPlan {
  readonly kind: RunWay;
  /** Why this kind was chosen. */
  readonly reason: string;
  readonly units: readonly WorkUnit[];
  /** What the runs cost; null where nothing is computed (recorded readings). */
  readonly cost: PlanCost | null;
}

/** What the runs of a plan compute, in tokens, and the memory that they need beside the weights. */
export interface PlanCost {
  /** Tokens of all prompts, each prompt whole. */
  readonly promptTokens: number;
  /** Tokens of the prefix tree over all prompts: what has to be computed at least once. */
  readonly distinctTokens: number;
  /** Tokens that the runs really compute. */
  readonly computedTokens: number;
  /** Tokens of the largest run. */
  readonly longestRun: number;
  /** Estimate of the working memory of the largest run beside the weights, in MB of 2^20 bytes. */
  readonly megabytes: number;
  /** Estimate of the time of all runs, from a few that were timed; null where none was. */
  readonly seconds: number | null;
  /** Tokens that a row was to hold at most, and how that was found; null without packed rows. */
  readonly rowBudget: RowBudget | null;
}

/** How many tokens a packed row holds at most. */
export interface RowBudget {
  readonly tokens: number;
  /** What decided: the timing, or the bound that no row may exceed. */
  readonly reason: string;
  /** Working memory that a run may take beside the weights, in MB of 2^20 bytes. */
  readonly memoryMegabytes: number;
  /** Rows of this model timed to choose; empty where there was nothing to choose. */
  readonly timings: readonly RowTiming[];
}

/** One timed row. */
export interface RowTiming {
  /** Budget that the row was cut by. */
  readonly budget: number;
  readonly tokens: number;
  readonly prompts: number;
  readonly seconds: number;
  /** Tokens that a plan with this budget computes. */
  readonly planTokens: number;
  /** What all runs of that plan would take at this pace, in seconds. */
  readonly planSeconds: number;
}

/** What the check at load found: a few prompts alone through the graph as it came, and the way they are run in earnest. */
export interface SelfTest {
  readonly way: RunWay;
  /** Why prompts are not packed into rows; null when they are. */
  readonly whyNotPacked: string | null;
  /** Median difference of a log-probability, in nats. */
  readonly median: number;
  /** Largest difference of a log-probability, in nats. */
  readonly largest: number;
  /** Largest difference that still passed. */
  readonly tolerance: number;
}

/** What a model is, as far as its numbers depend on it. */
export interface ModelCard {
  readonly name: string;
  /** `onnx`: a local folder; `replay`: recorded readings. */
  readonly engine: 'onnx' | 'replay';
  /** Element type of the logits ("float32"). */
  readonly dtype: string;
  readonly provider: Provider | 'none';
  readonly vocabularySize: number;
  /** Null where nothing is computed (recorded readings). */
  readonly selfTest: SelfTest | null;
  /** SHA-256 over everything that the numbers depend on. */
  readonly identity: string;
}

/** A language model that can be asked for log-probabilities. */
export interface LanguageModel {
  readonly card: ModelCard;
  /** Cuts prompts into work units. What a run may hold at most is found by timing; the rest is deterministic. */
  plan(prompts: readonly EncodedPrompt[]): Promise<RunPlan>;
  /** Reads all options of the prompts, together in one run where memory allows. Results in the order of the prompts. */
  optionLogProbs(prompts: readonly EncodedPrompt[]): Promise<OptionReading[]>;
  /** Reads the answer texts of the prompts, together in one run where memory allows. Results in the order of the prompts. */
  answerTextLogProbs(prompts: readonly EncodedAnswers[]): Promise<AnswerTextReading[]>;
  /** For each prompt, the summed log-probability of each of its continuations (token ids after the prompt's). */
  continuationLogProbs(
    prompts: readonly (readonly number[])[],
    continuations: readonly (readonly (readonly number[])[])[],
  ): Promise<ContinuationReading[][]>;
  /** The greedy continuation of a prompt: `tokens` token ids, fewer if the model ends its turn. */
  generate(tokenIds: readonly number[], options: { readonly tokens: number }): Promise<number[]>;
  close(): Promise<void>;
}

// --------------------------------------------------------------------------------------------- scoring

/**
 * Which reading of "probability of an option". `letter`: the next token after the cue is the option's letter.
 * `answer-text`: the option's label follows the cue, summed over its tokens; nothing has to follow the label, so "Agree"
 * holds the probability of "Agree strongly", too.
 */
export type ReadingKind = 'letter' | 'answer-text';

/** One stored answer of a model to one prompt: a row of a readings file. */
export interface Reading extends PromptKey {
  readonly model: string;
  readonly readingKind: ReadingKind;
  /** SHA-256 of the prompt's text. */
  readonly promptHash: string;
  /** SHA-256 of the token ids; empty where they are unknown. */
  readonly tokenIdsHash: string;
  readonly tokenCount: number;
  readonly status: 'scored' | 'unscored';
  /** Why there is no score; null when there is one. */
  readonly reason: string | null;
  /** Survey codes of the options in the order shown; the arrays below run along it. Empty when unscored. */
  readonly optionCodes: readonly number[];
  /** Token of each option's letter; empty for answer texts, whose tokens are many. */
  readonly optionTokenIds: readonly number[];
  /** Raw log-probability of each option: of its letter, or summed over the tokens of its answer text. */
  readonly optionLogProbs: readonly number[];
  /** Probabilities renormalised over the options: p̂. */
  readonly optionProbabilities: readonly number[];
  /**
   * Probability mass on the options before renormalising, in [0, 1]; null when unscored, and for answer texts: they differ
   * in length and one may begin another, so their probabilities are no shares of one whole.
   */
  readonly optionMass: number | null;
  /** sum_k p̂_k s_k; null when unscored or when the item cannot carry a mean. */
  readonly meanScore: number | null;
  /** Most probable next tokens, best first; empty for answer texts. */
  readonly topTokens: readonly TopToken[];
  /** Tokens of each answer text, so that a mean over tokens can be taken; null for letters and where they are unknown. */
  readonly optionTokenCounts: readonly number[] | null;
}

/** A probable next token as text, kept as evidence. */
export interface TopToken extends TokenLogProb {
  readonly text: string;
}

/** A model's answer about one item and country, both option orders joined. */
export interface CellScore {
  readonly variable: string;
  readonly country: string | null;
  readonly status: 'scored' | 'unscored';
  readonly reason: string | null;
  /** p̂ by survey code. */
  readonly probabilities: readonly AnswerShare[];
  readonly meanScore: number | null;
  /** Mean of the two orders' option mass; null for answer texts, which have none. */
  readonly optionMass: number | null;
  /** Mean score in the given order minus mean score in the reversed order; null with one order only. */
  readonly orderGap: number | null;
}
