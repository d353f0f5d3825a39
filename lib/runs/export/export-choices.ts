import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StudySettings } from '../study.js';
import { readSummary } from '../summary/read-summary.js';
import type { StoredModel } from './stored-models.js';

/** What an export depends on beside the readings. */
export type ExportChoices = Pick<StudySettings, 'join' | 'weights' | 'human' | 'suspectCells'>;

/** The choices, and the countries that an answer of the country-free wording stands beside. */
export interface ChosenForModel {
  readonly choices: ExportChoices;
  readonly countries: StudySettings['countries'];
}

const DEFAULTS: ExportChoices & Pick<StudySettings, 'countries'> = {
  join: 'log-probabilities',
  weights: 'weighted',
  human: null,
  suspectCells: 'keep',
  countries: 'default-55',
};

/**
 * The choices of the study that a model was asked in, as its summary tells them; the defaults of a study where it has none.
 *
 * @param given what is asked for otherwise
 * @throws InputError for a summary that cannot be read back
 */
export function choicesFor({ folder, asked }: StoredModel, given: Partial<ExportChoices>): ChosenForModel {
  const told = asked === null ? DEFAULTS : (settingsOfSummary(folder) ?? DEFAULTS);
  const { join: orders, weights, human, suspectCells } = { ...told, ...given };
  const named = asked?.countries.flatMap((country) => country ?? []) ?? [];
  return {
    choices: { join: orders, weights, human, suspectCells },
    countries: named.length > 0 ? named : told.countries,
  };
}

/** A probe writes its summary beside the readings, a study one folder above. */
function settingsOfSummary(folder: string): StudySettings | null {
  const found = [folder, dirname(folder)].find((place) => existsSync(join(place, 'summary.json')));
  return found === undefined ? null : readSummary(found).settings;
}
