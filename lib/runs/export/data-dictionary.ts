import { basename, isAbsolute, relative } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { SURVEY_CITATION, SURVEY_TERMS } from '../../survey/citation.js';
import { loadHumanSide } from '../../survey/human-side.js';
import { readVersions } from '../versions.js';
import type { ExportChoices } from './export-choices.js';
import type { DictionaryEntry } from './export-column.js';
import type { StoredModel } from './stored-models.js';

/** Raise when a column or a field of the dictionary changes its name or meaning. */
export const EXPORT_CONTRACT = 1;

/** Where people's answers come from, and how they are cited. */
export interface PeopleSource {
  readonly title: string;
  /** SHA-256 of human.json of an imported survey; null for the aggregates that ship. */
  readonly sha256: string | null;
  readonly citation: string;
  readonly terms: string;
}

/** What an exported table holds and where it comes from: the content of `<table>.dictionary.json`. No time of the export is part of it. */
export interface DataDictionary {
  readonly contract: number;
  readonly table: {
    readonly file: string;
    readonly sha256: string;
    /** What one row is. */
    readonly row: string;
    readonly rows: number;
    /** How a missing value is written. */
    readonly missing: string;
  };
  readonly columns: readonly DictionaryEntry[];
  readonly models: readonly {
    readonly name: string;
    readonly folder: string;
    /** Readings that the run still lacked. */
    readonly missingReadings: number;
    readonly choices: ExportChoices;
    readonly people: PeopleSource;
    /** The manifest of the run or recording: settings, the model's SHA-256, versions. */
    readonly manifest: Readonly<Record<string, unknown>>;
  }[];
  /** Of what made the export. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Describes a table that was written. */
export function dataDictionary(
  table: { readonly path: string } & Pick<DataDictionary['table'], 'sha256' | 'row' | 'rows'>,
  parts: {
    readonly columns: readonly DictionaryEntry[];
    readonly models: readonly { readonly model: StoredModel; readonly choices: ExportChoices }[];
  },
): DataDictionary {
  const { path, sha256, row, rows } = table;
  return {
    contract: EXPORT_CONTRACT,
    table: { file: basename(path), sha256, row, rows, missing: 'an empty field in CSV, null in Parquet' },
    columns: parts.columns,
    models: parts.models.map(({ model, choices }) => ({
      name: model.name,
      folder: inProject(model.folder),
      missingReadings: model.missing,
      choices: { ...choices, human: choices.human === null ? null : inProject(choices.human) },
      people: peopleSource(choices.human),
      manifest: model.manifest,
    })),
    versions: readVersions(),
  };
}

/** Where the people of a human side come from; null stands for the aggregates that ship. */
export function peopleSource(human: string | null): PeopleSource {
  if (human === null) {
    return {
      title: 'World Values Survey, wave 7: the country aggregates in data/survey',
      sha256: null,
      citation: SURVEY_CITATION,
      terms: SURVEY_TERMS,
    };
  }
  const { record, sha256 } = loadHumanSide(human);
  return { title: record.title, sha256, citation: record.citation, terms: record.terms };
}

/** A folder as another machine can find it: below the project, else its name alone. */
function inProject(folder: string): string {
  const inside = relative(projectPath(), isAbsolute(folder) ? folder : projectPath(folder));
  return inside.startsWith('..') || isAbsolute(inside) ? basename(folder) : inside.replaceAll('\\', '/');
}
