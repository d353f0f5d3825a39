import type { RunPlan, TokenLogProb } from '../types.js';

/** A token sequence and the places after which something is wanted. */
export interface SequenceToRead {
  /** At least one. */
  readonly tokenIds: readonly number[];
  readonly reads: readonly PlaceToRead[];
}

/** Tokens whose log-probabilities are wanted right after one place of a sequence. */
export interface PlaceToRead {
  /** From 0; the last place of a sequence gives the distribution of the token that follows it. */
  readonly place: number;
  /** Inside the vocabulary; may be none. */
  readonly tokenIds: readonly number[];
}

/** The next-token distribution after one place, as far as it was asked for. */
export interface PlaceReading {
  /** One for each token asked for; NaN where the model returned no distribution. */
  readonly logProbs: readonly number[];
  /** The most probable next tokens, best first. */
  readonly topTokens: readonly TokenLogProb[];
  /** Why there is no number, where that is about this sequence alone. */
  readonly problem?: string;
}

/** How many of the most probable next tokens are kept as evidence with every reading. */
export const TOP_TOKENS = 5;

/** What a log-probability of NaN means in a graph that is run here. */
export const NAN_LOGITS = 'the model returned NaN or infinite logits';

/** A model that sequences go through: a loaded graph in one of two ways, or a server. */
export interface SequenceReader {
  readonly vocabularySize: number;
  /** What a log-probability of NaN means, for people. */
  readonly whyNaN: string;
  /** Cuts sequences, read at their last places, into runs. */
  plan(sequences: readonly (readonly number[])[]): Promise<RunPlan>;
  /** Reads sequences, in one run where memory allows. Results in the order given. */
  read(sequences: readonly SequenceToRead[]): Promise<PlaceReading[][]>;
  release(): Promise<void>;
}
