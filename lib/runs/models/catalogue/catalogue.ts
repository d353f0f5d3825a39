import { dataPath } from '../../../files/data-folder.js';
import { InputError } from '../../../files/input-error.js';
import { parseJson, readTextFile } from '../../../files/read-json.js';
import { analysisProblems, modelProblems } from './catalogue-problems.js';
import { type CatalogueFile, catalogueFile } from './catalogue-schema.js';

/** Published open models with facts about their training, and which of them can be compared for what. */
export type ModelCatalogue = CatalogueFile;

/** One checkpoint. A fact that is not known is null and has a note; `verified` tells by group what was really read. */
export type CatalogueModel = CatalogueFile['models'][number];

/** Models that differ in one factor of training, the first being what the others are set against, and in what else they differ. */
export type CatalogueAnalysis = CatalogueFile['analyses'][number];

const WHAT = 'the catalogue of models';

const schema = catalogueFile.superRefine((value, context) => {
  for (const problem of [...modelProblems(value), ...analysisProblems(value)]) {
    context.addIssue({ code: 'custom', ...problem });
  }
});

/** Reads data/models/catalogue.json. @throws InputError naming the file, the entry and the field */
export function loadCatalogue(path: string = dataPath('models', 'catalogue.json')): ModelCatalogue {
  return parseCatalogue(readTextFile(path, WHAT), path);
}

/** The pure part of {@link loadCatalogue}. */
export function parseCatalogue(text: string, path: string): ModelCatalogue {
  return parseJson(text, schema, { what: WHAT, path });
}

/** The entry of this id. @throws InputError listing the ids that there are */
export function findCatalogueModel(id: string, catalogue: ModelCatalogue = loadCatalogue()): CatalogueModel {
  const found = catalogue.models.find((model) => model.id === id);
  if (found === undefined) {
    const ids = catalogue.models.map((model) => model.id).join(', ');
    throw new InputError(`Looking for a model: "${id}" is not in the catalogue. Expected one of ${ids}.`);
  }
  return found;
}
