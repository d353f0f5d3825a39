import { sha256OfText } from '../../files/hash.js';
import { readTextFile } from '../../files/read-json.js';
import { loadCountries } from '../../survey/countries.js';
import {
  type HumanSideKind,
  MEANS_FILE,
  OWN_COUNTRIES_FILE,
  SHARES_FILE,
  SUSPECT_CELLS_FILE,
} from '../../survey/human-side.js';
import type { ImportSource } from '../../survey/import/aggregate-csv.js';
import { meansCsv, sharesCsv } from '../../survey/import/aggregate-csv.js';
import type { Differences } from '../../survey/import/differences.js';
import { type ItemMapId, itemMapPath, loadItemMap } from '../../survey/import/item-map.js';
import { countriesCsv } from '../../survey/import/own-countries.js';
import { loadItems } from '../../survey/items.js';
import type { Country } from '../../types.js';
import { differencesCsv } from './differences-csv.js';
import type { HumanImporter, ImportedSide, ImportRequest } from './importer.js';
import { LABELS_FILE, labelsCsv } from './labels-csv.js';
import { leftOutAnswers } from './left-out-answers.js';
import { type ImportedAnswers, importAnswers } from './microdata/import-answers.js';
import { suspectCellsOf } from './shipped-aggregates.js';

export const DIFFERENCES_FILE = 'differences.csv';

/** What sets one file of single answers apart from another. */
export interface AnswersKind {
  readonly kind: HumanSideKind;
  readonly map: ItemMapId;
  readonly source: ImportSource;
  /** Countries that the project's list lacks and the file may have. */
  readonly otherCountries: (shipped: readonly Country[]) => readonly Country[];
  readonly compare: ((answers: ImportedAnswers) => Differences) | null;
}

/** An importer of a file with the answers of single people, CSV or .sav. */
export function answersImporter(of: AnswersKind): HumanImporter {
  return { kind: of.kind, read: (request) => read(of, request) };
}

async function read(of: AnswersKind, request: ImportRequest): Promise<ImportedSide> {
  const mapPath = itemMapPath(of.map);
  const map = loadItemMap(mapPath);
  const shipped = loadCountries();
  const others = of.otherCountries(shipped);
  const countries = [...shipped, ...others];
  const { unsure = false, unknownCodes = 'refuse', survey = null, labels = false } = request;
  const answers = await importAnswers({
    ...{ path: request.file, map, bank: loadItems(), countries, unsure, unknownCodes, study: survey },
    onProgress: request.onProgress,
  });
  const differences = of.compare?.(answers) ?? null;
  const { weight } = map.columns;
  const lines = {
    source: of.source,
    weightSource: (country: string) => (answers.unweightedCountries.has(country) ? 'all_weights_1' : weight),
    countries,
  };
  const means = meansCsv(answers.means, lines);
  const suspects = suspectCellsOf(answers.shares);
  const labelText = labels ? labelsCsv(request.file, answers) : null;
  return {
    record: {
      title: map.title,
      rows: answers.rows,
      countries: [...new Set(answers.shares.map(({ country }) => country))],
      respondents: answers.respondents,
      weights: weight,
      itemMap: { id: map.id, sha256: sha256OfText(readTextFile(mapPath, 'the item map')) },
      settings: { unsure, unknownCodes, survey, labels },
      leftOut: leftOutAnswers(answers),
      counts: {
        items: new Set(answers.shares.map(({ variable }) => variable)).size,
        cells: new Set(answers.shares.map(({ country, variable }) => `${country} ${variable}`)).size,
        means: answers.means.length,
      },
      citation: map.citation,
      terms: map.terms,
    },
    files: {
      [SHARES_FILE]: sharesCsv(answers.shares, lines),
      ...(means === null ? {} : { [MEANS_FILE]: means }),
      ...(suspects === null ? {} : { [SUSPECT_CELLS_FILE]: suspects }),
      ...(others.length === 0 ? {} : { [OWN_COUNTRIES_FILE]: countriesCsv(countries, answers.respondents) }),
      ...(differences === null ? {} : { [DIFFERENCES_FILE]: differencesCsv(differences) }),
      ...(labelText === null ? {} : { [LABELS_FILE]: labelText }),
    },
    differences,
    remarks: remarksOn(answers),
  };
}

/** Countries whose respondents are another number than in the list: the surest sign of a file that was cut or filtered. */
function remarksOn({ respondents, absent }: ImportedAnswers): string[] {
  const other = loadCountries().flatMap(({ iso3, respondents: listed }) => {
    const found = respondents[iso3];
    return found === undefined || found === listed ? [] : [`${iso3} ${found} instead of ${listed}`];
  });
  const countries = other.length > 6 ? [...other.slice(0, 6), `and ${other.length - 6} more`] : other;
  return [
    ...(other.length === 0
      ? []
      : [`Respondents that differ from data/survey/countries.csv: ${countries.join(', ')}.`]),
    ...(absent.length === 0
      ? []
      : [
          `${absent.length} variables of the item map are not in the file: ${absent.slice(0, 8).join(', ')}${absent.length > 8 ? ' ...' : ''}.`,
        ]),
  ];
}
