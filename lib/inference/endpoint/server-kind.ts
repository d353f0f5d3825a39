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
  /** The most probable ones, best first. */
  readonly top: readonly TokenLogProb[];
  /** Tokens of the prompt as the server counts them; null where it does not tell. */
  readonly promptTokens: number | null;
}

/** A kind of server: how it is recognised, and its way of telling log-probabilities. */
export interface ServerKind {
  readonly name: 'vllm' | 'sglang' | 'llama.cpp' | 'completions';
  /** Whether it tells the wanted tokens themselves, however improbable, or only the most probable ones. */
  readonly tells: 'wanted-tokens' | 'most-probable-tokens';
  /** The request that tells kind and version, and the version in its answer; null for another kind's answer. */
  readonly version: { readonly path: string; read(answer: unknown): string | null };
  /** How its own tokenizer is asked for the ids of a text, without special tokens; null where it cannot be. */
  readonly tokenize: {
    request(text: string, model: string): JsonRequest;
    read(answer: unknown): readonly number[] | null;
  } | null;
  question(question: TokenQuestion): JsonRequest;
  /** @throws TransientProblem where log-probabilities are missing from an answer */
  answer(body: unknown): TokenAnswer;
}
