import type { TokenLogProb } from '../../types.js';
import type { JsonRequest } from './json-request.js';

/** What a server is asked about what comes after a sequence. */
export interface TokenQuestion {
  /** Served name of the model. */
  readonly model: string;
  readonly tokenIds: readonly number[];
  /** Tokens whose log-probabilities are wanted. */
  readonly wanted: readonly number[];
  /** Most probable tokens that are wanted beside them. */
  readonly top: number;
}

/** What a server told about the next token. */
export interface TokenAnswer {
  /** Log-probability by token id, of all tokens that it told. */
  readonly logProbs: ReadonlyMap<number, number>;
  /** The most probable ones without a gap, best first; where tokens were named, perhaps the first one alone. */
  readonly top: readonly TokenLogProb[];
  /** Tokens of the prompt as the server counts them; null where it does not tell. */
  readonly promptTokens: number | null;
}

/** What a server says about itself. */
export interface ServerFacts {
  readonly version: string;
  /** Where the weights come from, as the server names it: with another path it serves another model under the same name. */
  readonly weights: string;
  /** Tokens that a prompt and its answer may have; null where it does not tell. */
  readonly context: number | null;
}

/** A kind of server: how it is recognised, and its way of telling log-probabilities. */
export interface ServerKind {
  readonly name: 'vllm' | 'sglang' | 'llama.cpp' | 'completions';
  /** Whether it tells the wanted tokens themselves, however improbable, or only the most probable ones. */
  readonly tells: 'wanted-tokens' | 'most-probable-tokens';
  /** Paths that tell what it is, in the order in which they are tried. */
  readonly factPaths: readonly string[];
  /** What an answer at one of these paths tells; null for another kind's answer. @param models the answer at /v1/models */
  facts(answer: unknown, models: unknown): ServerFacts | null;
  /** How its own tokenizer is asked for the ids of a text, without special tokens; null where it cannot be. */
  readonly tokenize: {
    request(text: string, model: string): JsonRequest;
    read(answer: unknown): readonly number[] | null;
  } | null;
  question(question: TokenQuestion): JsonRequest;
  /** @throws TransientProblem where log-probabilities are missing from an answer */
  answer(body: unknown, question: TokenQuestion): TokenAnswer;
}
