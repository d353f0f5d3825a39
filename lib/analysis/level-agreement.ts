import { meanAbsoluteError } from '../statistics/absolute-error.js';
import { calibration } from '../statistics/calibration.js';
import { concordance } from '../statistics/concordance.js';
import { spearman } from '../statistics/rank-correlation.js';
import { mean } from '../statistics/spread.js';
import type { LevelAgreement, MeanOfCountries } from './agreement-record.js';
import type { ScoreGrid } from './score-grid.js';

interface CountryScores {
  readonly people: readonly number[];
  readonly model: readonly number[];
}

/** What r does not see, computed over the items of each country and averaged; see {@link LevelAgreement}. */
export function levelAgreement(grid: ScoreGrid): LevelAgreement {
  const countries = grid.rows.map((row): CountryScores => {
    const cells = row.flatMap(({ human, model }) =>
      human === null || model === null ? [] : [{ human, model }],
    );
    return { people: cells.map((cell) => cell.human), model: cells.map((cell) => cell.model) };
  });
  const lines = countries.map(({ people, model }) => calibration({ observed: people, predicted: model }));
  return {
    spearman: meanOf(countries.map(({ people, model }) => of(spearman(people, model)))),
    concordance: meanOf(countries.map(({ people, model }) => of(concordance(people, model)))),
    slope: meanOf(lines.map(({ slope, reason }) => ({ value: slope, reason }))),
    offset: meanOf(lines.map(({ offset, reason }) => ({ value: offset, reason }))),
    meanAbsoluteError: meanOf(
      countries.map(({ people, model }) => {
        const { error, reason } = meanAbsoluteError(people, model);
        return { value: error, reason };
      }),
    ),
  };
}

interface CountryValue {
  readonly value: number | null;
  readonly reason: string | null;
}

function of({ r, reason }: { readonly r: number | null; readonly reason: string | null }): CountryValue {
  return { value: r, reason };
}

function meanOf(values: readonly CountryValue[]): MeanOfCountries {
  const defined = values.flatMap(({ value }) => value ?? []);
  return {
    mean: mean(defined),
    n: defined.length,
    undefinedCount: values.length - defined.length,
    reason: defined.length > 0 ? null : (values[0]?.reason ?? 'no countries to average over'),
  };
}
