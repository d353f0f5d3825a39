import { dataPath } from '../../files/data-folder.js';
import { readTextFile } from '../../files/read-json.js';
import type { HumanSideKind } from '../../survey/human-side.js';
import { parseOwnCountries } from '../../survey/import/own-countries.js';
import { answersImporter } from './answers-importer.js';
import type { HumanImporter } from './importer.js';
import { compareWithShipped } from './shipped-aggregates.js';
import { tidyImporter } from './tidy-importer.js';

const OTHER_COUNTRIES = dataPath('survey', 'import', 'evs-wvs-countries.csv');

/** Every importer by its kind. */
export const IMPORTERS: Readonly<Record<HumanSideKind, HumanImporter>> = {
  wvs: answersImporter({
    ...{ kind: 'wvs', map: 'wvs7', source: 'wvs_file' },
    otherCountries: () => [],
    compare: compareWithShipped,
  }),
  'evs-wvs': answersImporter({
    ...{ kind: 'evs-wvs', map: 'evs-wvs', source: 'evs_wvs_file' },
    otherCountries: (shipped) =>
      parseOwnCountries(readTextFile(OTHER_COUNTRIES, 'the countries of EVS'), OTHER_COUNTRIES, shipped),
    compare: null,
  }),
  tidy: tidyImporter,
};
