import {
  type PlaceReading,
  type SequenceReader,
  type SequenceToRead,
  TOP_TOKENS,
} from '../sequence-reader.js';
import { askTokens, type TokensTold, type TopTokens } from './ask-tokens.js';
import type { Replicas } from './replicas.js';
import type { ServerKind } from './server-kind.js';

/** What {@link endpointReader} needs to know. */
export interface EndpointReaderSettings {
  readonly kind: ServerKind;
  /** Served name of the model. */
  readonly model: string;
  readonly vocabularySize: number;
  readonly top: TopTokens;
  /** Prompts of one work unit. */
  readonly unitPrompts: number;
  /** Tokens that a prompt and the token after it may have; null where the server does not tell. */
  readonly context: number | null;
}

/** Why prompts are not packed when a server is asked. */
export const SERVED =
  'a server is asked, one request a prompt; it keeps beginnings that prompts share by itself';

/** Sequences read by servers: every distinct beginning after which something is wanted is one question. */
export function endpointReader(replicas: Replicas, settings: EndpointReaderSettings): SequenceReader {
  const { kind, model, top, vocabularySize, unitPrompts, context } = settings;
  return {
    vocabularySize,
    whyNaN: 'the server does not tell the log-probability of every option',
    plan: async (sequences) => ({
      kind: 'requests',
      reason: SERVED,
      units: Array.from({ length: Math.ceil(sequences.length / unitPrompts) }, (_, unit) => ({
        prompts: sequences
          .map((_sequence, index) => index)
          .slice(unit * unitPrompts, (unit + 1) * unitPrompts),
      })),
      cost: null,
    }),
    read: async (sequences) => {
      const questions = [...distinctQuestions(sequences).values()];
      const told = new Map<string, { readonly question: Question; readonly found: TokensTold }>();
      await replicas.askAll(questions.length, async (index) => {
        const question = questions[index] as Question;
        if (context !== null && question.tokenIds.length >= context) {
          return;
        }
        const asked = { model, tokenIds: question.tokenIds, wanted: [...question.wanted] };
        const found = await askTokens(replicas, asked, { kind, top, keep: TOP_TOKENS });
        told.set(question.key, { question, found });
      });
      return sequences.map(({ tokenIds, reads }) =>
        reads.map(({ place, tokenIds: wanted }): PlaceReading => {
          const answer = told.get(keyOf(tokenIds, place));
          if (answer === undefined) {
            const problem = `the prompt has ${place + 1} tokens, the server has room for ${context} with the answer`;
            return { logProbs: wanted.map(() => Number.NaN), topTokens: [], problem };
          }
          const order = [...answer.question.wanted];
          return {
            logProbs: wanted.map((tokenId) => answer.found.logProbs[order.indexOf(tokenId)] ?? Number.NaN),
            topTokens: answer.found.top,
          };
        }),
      );
    },
    release: async () => {},
  };
}

interface Question {
  readonly key: string;
  readonly tokenIds: readonly number[];
  readonly wanted: Set<number>;
}

function distinctQuestions(sequences: readonly SequenceToRead[]): Map<string, Question> {
  const questions = new Map<string, Question>();
  for (const { tokenIds, reads } of sequences) {
    for (const { place, tokenIds: wanted } of reads) {
      const key = keyOf(tokenIds, place);
      const question = questions.get(key) ?? {
        key,
        tokenIds: tokenIds.slice(0, place + 1),
        wanted: new Set(),
      };
      for (const tokenId of wanted) {
        question.wanted.add(tokenId);
      }
      questions.set(key, question);
    }
  }
  return questions;
}

function keyOf(tokenIds: readonly number[], place: number): string {
  return tokenIds.slice(0, place + 1).join();
}
