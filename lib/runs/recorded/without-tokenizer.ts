import type { RecordedReading } from '../../inference/replay.js';
import type { ModelTokenizer } from '../models/model-tokenizer.js';

/** Token ids are unknown: none are given. Texts are those of the tokens that readings keep. */
export function withoutTokenizer(readings: readonly Pick<RecordedReading, 'topTokens'>[]): ModelTokenizer {
  const texts = new Map(
    readings.flatMap(({ topTokens }) => topTokens.map(({ tokenId, text }) => [tokenId, text])),
  );
  const encode: ModelTokenizer['encode'] = (prompt) => ({
    kind: 'encoded',
    encoded: { prompt, tokenIds: [], optionTokens: [] },
  });
  const encodeAnswers: ModelTokenizer['encodeAnswers'] = (prompt) => ({
    kind: 'encoded',
    encoded: { prompt, tokenIds: [], answerTokenIds: [] },
  });
  return {
    encode,
    promptEncoder: () => ({ encode, whyWhole: () => null }),
    encodeAnswers,
    answerEncoder: () => ({ encode: encodeAnswers, whyWhole: () => null }),
    tokenText: (tokenId) => texts.get(tokenId) ?? '',
    decode: (tokenIds) => tokenIds.map((tokenId) => texts.get(tokenId) ?? '').join(''),
  };
}
