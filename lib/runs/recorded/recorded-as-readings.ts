import type { RecordedReading } from '../../inference/replay.js';
import { scoreOf } from '../../scoring/make-reading.js';
import { meanScore, renormalise } from '../../scoring/probabilities.js';
import type { Item, Reading } from '../../types.js';

/**
 * Recorded readings as readings: p̂ and mean scores are computed again from the log-probabilities. Token ids were not
 * recorded, so their hash is empty.
 *
 * @param items a reading of any other item has no mean score
 */
export function recordedAsReadings(
  model: string,
  recorded: readonly RecordedReading[],
  items: ReadonlyMap<string, Item>,
): Reading[] {
  return recorded.map((reading) => {
    const optionProbabilities = renormalise(reading.optionLogProbs);
    return {
      ...reading,
      model,
      ...{ tokenIdsHash: '', optionTokenIds: [], optionTokenCounts: null },
      optionProbabilities,
      meanScore: scoredMean(reading, optionProbabilities, items.get(reading.variable)),
    };
  });
}

function scoredMean(
  { status, optionCodes }: RecordedReading,
  probabilities: readonly number[],
  item: Item | undefined,
): number | null {
  return status === 'unscored' || item === undefined || !item.canMean
    ? null
    : meanScore(
        optionCodes.map((code, place) => ({
          probability: probabilities[place] ?? 0,
          score: scoreOf(item, code),
        })),
      );
}
