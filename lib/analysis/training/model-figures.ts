import { partContrast } from '../../statistics/part-contrast.js';
import { mean } from '../../statistics/spread.js';
import type { ScoreGrid } from '../score-grid.js';
import { correlationsByCountry, deviationsByCountry } from '../unit-correlations.js';
import type { TrainingFigure } from './training-record.js';

/** What arms are compared in, in the order of tables. */
export const TRAINING_FIGURES: readonly TrainingFigure[] = [
  'r',
  'deviation r',
  'West minus others',
  'option mass',
];

/** The figures that arms are compared in, of one model: plain means over countries, as `pairedComparison` has them. */
export function modelFigures(grid: ScoreGrid): Readonly<Record<TrainingFigure, number | null>> {
  const r = correlationsByCountry(grid).map((country) => country.r);
  const deviationR = deviationsByCountry(grid, 'all-countries').map((country) => country.r);
  const western = grid.countries.map((country) => country.western);
  return {
    r: mean(r.flatMap((value) => value ?? [])),
    'deviation r': mean(deviationR.flatMap((value) => value ?? [])),
    'West minus others': partContrast(r, western),
    'option mass': meanOfCountryMeans(grid),
  };
}

/** Mean over countries of the mean over a country's items. */
function meanOfCountryMeans(grid: ScoreGrid): number | null {
  const byCountry = new Map<string | null, number[]>();
  for (const { country, optionMass } of grid.scored) {
    if (optionMass !== null) {
      byCountry.set(country, [...(byCountry.get(country) ?? []), optionMass]);
    }
  }
  return mean([...byCountry.values()].flatMap((masses) => mean(masses) ?? []));
}
