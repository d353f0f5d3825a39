import type { PromptFormat } from '../../lib/types.js';

/** One way to run a peer: a batch size, a number of slots. */
export interface RunSetting {
  /** As the tables name it, for example "batch 8". */
  readonly label: string;
  /** Model folder or file, as the peer wants it. */
  readonly model: string;
  /** Batch size, number of slots or tokens of a row; 0 where the peer decides itself. */
  readonly size: number;
  /** Prompts of each run, by their place in the prompts file; empty where the peer cuts the list itself. */
  readonly batches: readonly (readonly number[])[];
}

/** What the program of a peer is given, as a JSON file. */
export interface PeerRequest {
  /** File with the prompts: a list of encoded prompts. */
  readonly prompts: string;
  /** How many of them, from the first, are asked. */
  readonly count: number;
  /** Measured one after the other, in one process. */
  readonly settings: readonly RunSetting[];
  /** How often each setting is measured. */
  readonly repeats: number;
  /** Program that the peer starts, for the one that is a server. */
  readonly program?: string;
}

/** What a peer computed in one pass over the prompts. */
export interface Work {
  /** Tokens that went through the layers. */
  readonly tokens: number;
  /** Pairs of a query and a key that attention worked on, in one head of one layer. */
  readonly attentionPairs: number;
  /** Positions that the output layer worked on. */
  readonly outputRows: number;
  /** Mean number of tokens that went through a layer together. */
  readonly tokensPerRun: number;
}

/** What the program of a peer answers, as a JSON file. */
export interface PeerResult {
  /** Names and versions of what did the work. */
  readonly version: string;
  readonly settings: readonly { readonly label: string; readonly seconds: readonly number[] }[];
  /** Of the last setting measured, like everything below. */
  readonly work: Work;
  /** For each prompt the log-probability of each option; null where the peer did not tell it. */
  readonly optionLogProbs: readonly (readonly (number | null)[])[];
  /** Seconds of planning before the first prompt; null for peers that plan nothing. */
  readonly planSeconds: number | null;
  /** Largest resident memory of the process that computed; null where the system does not tell. */
  readonly peakMemoryBytes: number | null;
  /** What a reader of the numbers has to know, in sentences. */
  readonly notes: readonly string[];
}

/** A peer measured: a row of the table. */
export interface MeasuredPeer {
  readonly peer: string;
  readonly label: string;
  readonly format: PromptFormat;
  /** Which prompts: the sample that every peer reads, or the whole survey. */
  readonly prompts: number;
  readonly setting: string;
  readonly version: string;
  /** Pace of the settings tried on the first prompts; empty where there was nothing to choose. */
  readonly trials: readonly { readonly setting: string; readonly promptsPerSecond: number }[];
  readonly seconds: readonly number[];
  readonly work: Work;
  /** Tokens of the prefix tree over the prompts: what has to be computed at least once. */
  readonly distinctTokens: number;
  readonly floatingPointOperations: number;
  /** Operations a second of onnxruntime's MatMul at the shapes of the layers and this peer's rows, measured right after. */
  readonly matMulPerSecond: number;
  readonly planSeconds: number | null;
  readonly peakMemoryBytes: number | null;
  readonly weightsBytes: number;
  readonly difference: Difference | null;
  readonly notes: readonly string[];
}

/** How far option log-probabilities lie from the reference. */
export interface Difference {
  readonly reference: string;
  /** Options compared. */
  readonly options: number;
  /** Options that the peer told nothing about. */
  readonly missing: number;
  readonly median: number;
  readonly largest: number;
}

/** A peer that could not be measured. */
export interface FailedPeer {
  readonly peer: string;
  readonly label: string;
  readonly format: PromptFormat;
  readonly reason: string;
}
