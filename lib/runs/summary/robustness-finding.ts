import type { ModelRobustness } from '../robustness/model-robustness.js';
import { number } from './numbers.js';

/** Enough to see the sign that a share is told of. */
const DECIMALS = 3;

/** How far the findings of a model move over the choices that could be varied, in one sentence; none where nothing could. */
export function robustnessFinding({ model, waysOfAsking, dataChoices, findings }: ModelRobustness): string[] {
  const ranges = findings.flatMap(({ id, chosen, least, most, sameSign }) =>
    chosen === null || least === null || most === null || sameSign === null
      ? []
      : [
          `${id} from ${number(least, DECIMALS)} to ${number(most, DECIMALS)} (${number(chosen, DECIMALS)} as chosen, the same sign in ${Math.round(100 * sameSign)} %)`,
        ],
  );
  const ways = `${waysOfAsking} ${waysOfAsking === 1 ? 'way' : 'ways'} to ask, read and join`;
  return ranges.length === 0
    ? []
    : [`${model}, over ${ways} x ${dataChoices} sets of data: ${ranges.join('; ')}.`];
}
