import type { EncodedAnswers, EncodedPrompt } from './prompts.js';
import type { RunPlan, SelfTest } from './run-plan.js';

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

/** What a model is, as far as its numbers depend on it. */
export interface ModelCard {
  readonly name: string;
  /** `onnx`: a local folder; `replay`: recorded readings; `endpoint`: a server; `imported`: the log of another program. */
  readonly engine: 'onnx' | 'replay' | 'endpoint' | 'imported';
  /** Element type of the logits ("float32"). */
  readonly dtype: string;
  readonly provider: Provider | 'none';
  readonly vocabularySize: number;
  /** Null where nothing is computed (recorded readings). */
  readonly selfTest: SelfTest | null;
  /** SHA-256 over everything that the numbers depend on. */
  readonly identity: string;
}

/** Where a model came from, as far as it is known beside its files. */
export type ModelOrigin = HubOrigin | EndpointOrigin | LogOrigin;

/** A repository of the Hugging Face hub. */
export interface HubOrigin {
  readonly kind: 'hub';
  /** "organisation/name". */
  readonly id: string;
  /** Commit, 40 hexadecimal digits. */
  readonly revision: string;
  /** The graph, as the repository names it. */
  readonly graph: string;
}

/** What a server said after a fixed text: its most probable tokens. */
export interface ServerWitness {
  readonly text: string;
  readonly top: readonly TokenLogProb[];
}

/** One or several servers. */
export interface EndpointOrigin {
  readonly kind: 'endpoint';
  /** What serves, and in which version: "llama.cpp", "b6123". */
  readonly server: string;
  readonly version: string;
  /** Name under which the model is served. */
  readonly model: string;
  readonly servers: number;
  /** By which the same weights are known again when a run goes on. */
  readonly witness: readonly ServerWitness[];
}

/** Another program that asked a model, and the log that its answers were taken from. */
export interface LogOrigin {
  readonly kind: 'log';
  readonly tool: 'lm-eval' | 'inspect';
  /** Version of that program and of the packages that it names. */
  readonly versions: Readonly<Record<string, string>>;
  /** The model and its arguments, as the log names them. */
  readonly model: string;
  readonly arguments: string;
  readonly file: string;
  /** SHA-256 of the log; nobody has checked the model's files. */
  readonly sha256: string;
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
