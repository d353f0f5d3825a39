import { InputError } from '../files/input-error.js';
import type { AnswerShare, HumanAnswer, Item } from '../types.js';
import type { MeanRow } from './aggregate-files.js';
import type { CellShares } from './cell-shares.js';
import { meanScoreOfMean, meanScoreOfShares, scoreLine } from './score-line.js';

/** `weighted`: with survey weights wherever a weighted value can be had, else without. */
export type Weights = 'weighted' | 'unweighted';

/** What the survey's files know about one item in one country. */
export interface HumanCell {
  readonly item: Item;
  readonly country: string;
  readonly shares: CellShares | null;
  readonly mean: MeanRow | null;
  /** File of the mean, for error messages. */
  readonly meansPath: string;
  readonly weights: Weights;
  readonly suspect: string | null;
}

/**
 * How people of one country answered one item.
 *
 * Shares are the weighted ones where they are wanted and known, else the unweighted ones. The mean score is the sum of
 * share times score over all codes, volunteered ones included; where no shares are known it is the score of the mean
 * code (the score is linear in the code, see `scoreLine`). Where weights are wanted, a weighted mean goes before
 * unweighted shares: `weighted` then speaks of the mean score, not of the shares beside it.
 *
 * `source` is the source of the mean score (of the shares where there is none): `qog_jan24` for a weighted mean taken
 * over from the Quality of Government data set, else the `source` column of the file.
 */
export function humanAnswer(cell: HumanCell): HumanAnswer {
  const { item, country, mean, shares: allShares, suspect } = cell;
  const wantWeights = cell.weights === 'weighted';
  const weightedShares = wantWeights ? (allShares?.weighted ?? null) : null;
  const shares: readonly AnswerShare[] | null = weightedShares ?? allShares?.unweighted ?? null;
  const known = { country, variable: item.variable, shares, suspect };
  const weightedMean = wantWeights && weightedShares === null ? (mean?.weighted ?? null) : null;
  if (allShares !== null && shares !== null && weightedMean === null) {
    return {
      ...known,
      meanScore: meanScoreOfShares(item, shares),
      weighted: weightedShares !== null,
      respondents: allShares.respondents,
      source: allShares.source,
    };
  }
  if (mean === null) {
    throw new InputError(
      `Reading the survey: cell ${country} ${item.variable} has neither shares nor a mean. Expected one of them.`,
    );
  }
  const weighted = weightedMean !== null;
  return {
    ...known,
    meanScore: scoreOfMeanRow(cell, mean, weightedMean ?? mean.unweighted),
    weighted,
    respondents: (allShares ?? mean).respondents,
    source: weighted && mean.weightSource === 'qog_jan24' ? mean.weightSource : mean.source,
  };
}

function scoreOfMeanRow(cell: HumanCell, row: MeanRow, meanCode: number): number | null {
  const line = scoreLine(cell.item);
  if (line === null) {
    return null;
  }
  const codes = cell.item.options.map((option) => option.code);
  const lowest = Math.min(...codes);
  const highest = Math.max(...codes);
  if (meanCode < lowest || meanCode > highest) {
    throw new InputError(
      `Reading the country means: ${cell.meansPath} line ${row.line} (${row.country} ${row.variable}): ` +
        `found the mean ${meanCode}. Expected a number from ${lowest} to ${highest}, the codes of the item. ` +
        'Correct the file or the item.',
    );
  }
  return meanScoreOfMean(line, meanCode);
}
