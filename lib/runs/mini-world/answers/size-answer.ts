import type { CompletionComparison } from '../../../analysis/mini-world/factors/against-completion.js';
import type { ItemMeansComparison } from '../../../analysis/mini-world/factors/against-item-means.js';
import type { SizeAnswer } from '../../../analysis/mini-world/factors/size.js';
import { signedThree, three, trendInWords, trendVerdict, verdictOf } from './words.js';

/** What size does, in sentences. */
export function sizeInWords({
  trends,
  contrasts,
  againstCompletion,
  againstItemMeans,
}: SizeAnswer): string[] {
  const rising = trends.filter((trend) => trendVerdict(trend) === 'higher').length;
  const lead =
    rising === trends.length
      ? 'Larger models know more of cells that no text told'
      : rising > 0
        ? 'Larger models know more of unread cells in some figures'
        : 'That larger models know more of unread cells is not shown';
  const steps = contrasts.filter(({ about }) => about === 'step');
  const up = steps.filter((step) => verdictOf(step) === 'higher').length;
  const down = steps.filter((step) => verdictOf(step) === 'lower').length;
  return [
    `${lead}: ${trends.map((trend) => `${trend.measure.figure} ${trendInWords(trend)}`).join('; ')}.`,
    `Of ${steps.length} steps from one size to the next (all figures), ${up} are up and ${down} down beyond chance.`,
    ...(againstCompletion.length === 0 ? [] : [completionInWords(againstCompletion)]),
    ...(againstItemMeans.length === 0 ? [] : [itemMeansInWords(againstItemMeans)]),
  ];
}

function completionInWords(comparisons: readonly CompletionComparison[]): string {
  const parts = comparisons.map(({ figure, difference, margin, reached, reason }) =>
    reached === null
      ? `${figure} cannot be compared (${reason})`
      : `${figure} ${signedThree(difference)} (${reached ? 'within' : 'NOT within'} the ${three(margin)} allowed)`,
  );
  return `${comparisons[0]?.recipe} beside the rank-3 completion of people's answers: ${parts.join(', ')}.`;
}

function itemMeansInWords(comparisons: readonly ItemMeansComparison[]): string {
  const parts = comparisons.map(({ seed, difference, interval: { low, high } }) =>
    low === null || high === null
      ? `seed ${seed} ${signedThree(difference)}`
      : `seed ${seed} ${signedThree(difference)} [${three(low)}, ${three(high)}]`,
  );
  return (
    `Its r on unread cells less that of the item means of the text, training by training (interval over items and ` +
    `countries): ${parts.join(', ')}.`
  );
}
