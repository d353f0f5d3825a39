import { agreement } from '../../analysis/agreement.js';
import { nearestCountries } from '../../analysis/nearest-countries.js';
import { ownCountryRank } from '../../analysis/own-country-rank.js';
import { references } from '../../analysis/references/references.js';
import { scoresByCategory } from '../../analysis/score-quantiles.js';
import { withoutCulture } from '../../analysis/without-culture.js';
import type { MatrixBackend } from '../../statistics/matrix-backend.js';
import type { HumanAnswers } from '../../survey/human-answers.js';
import type { Category } from '../../types.js';
import type { Manifest } from '../store/index.js';
import type { Questionnaire } from '../study-prompts.js';
import type { ScoredAnswers } from './scored-answers.js';
import type { SummaryRow } from './summary-record.js';

/** What answers are compared with. */
export interface Comparison {
  readonly questionnaire: Questionnaire;
  readonly human: HumanAnswers;
  readonly categories: readonly Category[];
  readonly backend: MatrixBackend;
}

/** A model asked and read in one way, as a line of the findings. */
export async function modelRow(
  { model: name, template, format, reading, cells }: ScoredAnswers,
  { provider, dtype }: Manifest['model'],
  { questionnaire, human, categories, backend }: Comparison,
): Promise<SummaryRow> {
  const { items, countries, templates } = questionnaire;
  const input = { model: name, cells, human, items, countries };
  const asked = {
    kind: 'model',
    name,
    meaning: null,
    seed: null,
    ...{ template, format, reading, provider, dtype },
  } as const;
  const found = agreement({ ...input, categories });
  if (templates.templates.find(({ id }) => id === template)?.country === 'none') {
    return {
      ...asked,
      agreement: withoutCulture(found, COUNTRY_FREE),
      ...{ scores: null, ownCountry: null, nearestCountries: nearestCountries(input) },
    };
  }
  const { meanPercentile, n, reason, permutation } = await ownCountryRank(input, { backend });
  return {
    ...asked,
    agreement: found,
    scores: scoresByCategory({ ...input, categories }),
    ownCountry: { meanPercentile, n, reason, permutation, backend: backend.name },
    nearestCountries: null,
  };
}

const COUNTRY_FREE = 'the wording names no country, so the answers are the same for all';

/** What models are read beside, as lines of the findings. */
export function referenceRows({ questionnaire, human, categories }: Comparison): SummaryRow[] {
  const { items, countries } = questionnaire;
  return references({ human, items, countries, categories }).map(({ agreement: found, meaning, seed }) => ({
    kind: 'reference',
    name: found.model,
    ...{ meaning, seed },
    ...{ template: null, format: null, reading: null, provider: null, dtype: null },
    agreement: found,
    ...{ scores: null, ownCountry: null, nearestCountries: null },
  }));
}
