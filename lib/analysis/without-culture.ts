import type { Agreement, MeanAgreement } from './agreement-record.js';
import { noInterval } from './mean-interval.js';

/**
 * An agreement of answers that are the same for every country: its figures about differences between countries are true by
 * construction or an artefact of it, and are undefined instead.
 */
export function withoutCulture(found: Agreement, reason: string): Agreement {
  const none: Pick<MeanAgreement, 'mean' | 'plainMean' | 'interval' | 'capped' | 'n' | 'reason'> = {
    ...{ mean: null, plainMean: null, interval: noInterval(reason), capped: 0, n: 0, reason },
  };
  return {
    ...found,
    deviation: { ...found.deviation, ...none, undefinedCount: found.deviationByCountry.length },
    deviationByCountry: found.deviationByCountry.map((unit) => ({ ...unit, r: null, reason })),
    withinItems: { ...found.withinItems, ...none, undefinedCount: found.byItem.length },
    byItem: found.byItem.map((unit) => ({ ...unit, r: null, reason })),
  };
}
