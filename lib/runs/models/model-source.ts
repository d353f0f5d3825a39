import type { Haste } from '../../inference/endpoint/server-watch.js';
import type { ChatTemplate } from '../../prompts/chat-template.js';
import type { LanguageModel, ModelOrigin, Provider } from '../../types.js';
import type { ModelTokenizer } from './model-tokenizer.js';

/** A model that can be opened; nothing heavy is loaded until {@link ModelSource.open}. */
export interface ModelSource {
  readonly name: string;
  /**
   * Whether this machine computes, a server, or nobody, as where readings were recorded. Only this machine has a provider; a
   * finished run needs no server.
   */
  readonly runsOn: 'this-machine' | 'server' | 'nowhere';
  readonly chatTemplate: ChatTemplate | null;
  /** SHA-256 over all files that the model's numbers depend on. */
  fileIdentity(): Promise<string>;
  open(settings: OpenSettings): Promise<OpenedModel>;
}

/** Where and how a model runs; its numbers do not depend on it beyond rounding, but for the provider. */
export interface OpenSettings {
  /** `none` for a model that this machine does not compute. */
  readonly provider: Provider | 'none';
  /** Threads of one operator on the CPU; null leaves the choice to onnxruntime. */
  readonly threads: number | null;
  /** `auto` packs prompts into rows where the self-test allows it, `off` runs whole prompts. */
  readonly packing: 'auto' | 'off';
  /** Working memory of one run beside the weights, in MB of 2^20 bytes. */
  readonly memoryMegabytes: number;
  /** Tokens that a packed row holds at most; null to find by timing what is fast on this machine. */
  readonly rowTokens: number | null;
  /** Ends what a server is being asked. What this machine computes is ended between two runs of the model. */
  readonly signal?: AbortSignal | undefined;
  /** Told what goes otherwise than planned, in plain words. */
  readonly onNotice: (line: string) => void;
}

/** A loaded model with its own tokenizer. */
export interface OpenedModel extends ModelTokenizer {
  readonly model: LanguageModel;
  /** Where it came from; null where only its folder is known. */
  readonly origin: ModelOrigin | null;
  /** Null for a model that was not tuned to converse, or whose template is not known. */
  readonly chatTemplate: ChatTemplate | null;
  /**
   * Makes sure that all that was read since the last call was read from the weights of the beginning; missing where this machine
   * computes, whose weights stay.
   *
   * @returns false where nobody can tell: what was read since is then no reading
   * @throws InputError where the weights are others now, or servers are gone
   */
  readonly confirm?: (haste: Haste) => Promise<boolean>;
}
