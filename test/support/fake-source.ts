import type { ModelSource } from '../../lib/runs/models/model-source.js';
import type { AnswerEncodingResult } from '../../lib/tokenization/encode-answers.js';
import type { EncodingResult } from '../../lib/tokenization/encode-prompt.js';
import type {
  AnswerTextReading,
  EncodedAnswers,
  EncodedPrompt,
  LanguageModel,
  OptionReading,
  Prompt,
} from '../../lib/types.js';

/** What a fake model counts, so that tests can see what was asked of it. */
export interface FakeLog {
  opened: number;
  runs: number;
}

/**
 * A model without weights for driving the pipeline: its log-probabilities are a table of the test's own making.
 *
 * Every prompt is one token long for each word; letters are tokens 0 to 25.
 */
export function fakeSource(parts: {
  readonly name: string;
  readonly answer: (prompt: EncodedPrompt) => OptionReading;
  /** What it says about answer texts; that it was not made for them, by default. */
  readonly answerTexts?: (prompt: EncodedAnswers) => AnswerTextReading;
  /** The token ids that it writes after those of a prompt; none by default. */
  readonly writes?: (tokenIds: readonly number[]) => readonly number[];
  readonly identity?: string;
  readonly batch?: number;
  readonly unreadable?: (prompt: EncodedPrompt['prompt']) => string | null;
  readonly log?: FakeLog;
}): ModelSource {
  const identity = parts.identity ?? 'f'.repeat(64);
  const size = parts.batch ?? 50;
  const model: LanguageModel = {
    card: {
      name: parts.name,
      engine: 'onnx',
      dtype: 'float32',
      provider: 'cpu',
      vocabularySize: 26,
      selfTest: null,
      identity,
    },
    plan: async (prompts) => ({
      kind: 'equal-length-batches',
      reason: 'a fake model takes anything',
      units: Array.from({ length: Math.ceil(prompts.length / size) }, (_, unit) => ({
        prompts: prompts.map((_, index) => index).slice(unit * size, (unit + 1) * size),
      })),
      cost: null,
    }),
    optionLogProbs: async (prompts) => {
      if (parts.log !== undefined) {
        parts.log.runs += 1;
      }
      return prompts.map(parts.answer);
    },
    answerTextLogProbs: async (prompts) => {
      if (parts.log !== undefined) {
        parts.log.runs += 1;
      }
      return prompts.map(
        parts.answerTexts ?? (() => ({ kind: 'unreadable', reason: 'not made for answer texts' })),
      );
    },
    continuationLogProbs: async () => [],
    generate: async (tokenIds) => [...(parts.writes?.(tokenIds) ?? [])],
    close: async () => {},
  };
  return {
    name: parts.name,
    runsOn: 'this-machine',
    chatTemplate: null,
    fileIdentity: async () => identity,
    open: async () => {
      if (parts.log !== undefined) {
        parts.log.opened += 1;
      }
      const encode = (prompt: Prompt): EncodingResult => {
        const tokenIds = prompt.text.split(/\s+/).map((word) => word.length);
        const reason = parts.unreadable?.(prompt) ?? null;
        if (reason !== null) {
          return { kind: 'unreadable', reason, tokenIds };
        }
        const optionTokens = prompt.options.map(({ letter }, tokenId) => ({ tokenId, text: ` ${letter}` }));
        return { kind: 'encoded', encoded: { prompt, tokenIds, optionTokens } };
      };
      const tokenText = (tokenId: number): string => ` ${String.fromCharCode(65 + tokenId)}`;
      const encodeAnswers = (prompt: Prompt): AnswerEncodingResult => {
        const ids = (words: string): number[] => words.split(/\s+/).map((word) => word.length);
        const answerTokenIds = prompt.options.map(({ label }) => ids(label));
        return { kind: 'encoded', encoded: { prompt, tokenIds: ids(prompt.text), answerTokenIds } };
      };
      return {
        model,
        origin: null,
        chatTemplate: null,
        encode,
        promptEncoder: () => ({ encode, whyWhole: () => null }),
        encodeAnswers,
        answerEncoder: () => ({ encode: encodeAnswers, whyWhole: () => null }),
        tokenText,
        decode: (tokenIds) => tokenIds.map(tokenText).join(''),
      };
    },
  };
}

/** An answer with the given probabilities on the options, nothing elsewhere. */
export function answerWith(probabilities: readonly number[]): OptionReading {
  return {
    kind: 'read',
    optionLogProbs: probabilities.map(Math.log),
    optionLogMass: Math.log(probabilities.reduce((sum, one) => sum + one, 0)),
    topTokens: [],
  };
}
