import type { HumanSideKind, HumanSideRecord } from '../../survey/human-side.js';
import type { Differences } from '../../survey/import/differences.js';
import type { ProgressListener } from '../progress.js';
import type { UnknownCodes } from './microdata/count-answers.js';

/** What is imported, and how. Options that a kind does not know are refused by the command. */
export interface ImportRequest {
  readonly kind: HumanSideKind;
  /** The file of the survey. */
  readonly file: string;
  /** Whether entries of the item map that are not sure are taken as well. Default: false. */
  readonly unsure?: boolean;
  /** Default: refuse. */
  readonly unknownCodes?: UnknownCodes;
  /** `evs-wvs`: the only survey of the file that counts; both by default. */
  readonly survey?: string;
  /** `.sav`: whether the official labels are written beside the numbers. */
  readonly labels?: boolean;
  /** `tidy`: items of another survey, in the format of data/items/bank. */
  readonly items?: string;
  /** `tidy`: countries that the project's list lacks. */
  readonly countries?: string;
  /** `tidy`: whether the shares are weighted ones. */
  readonly weighted?: boolean;
  /** `tidy`: what the survey is called and how it is cited. */
  readonly title?: string;
  readonly onProgress: ProgressListener;
}

/** What an importer makes of a file: texts of files, and what they are. */
export interface ImportedSide {
  readonly record: Omit<HumanSideRecord, 'contract' | 'kind' | 'source' | 'files'>;
  /** Every file of the human side but human.json. */
  readonly files: Readonly<Record<string, string>>;
  /** How it compares with the aggregates that ship; null where it is another survey. */
  readonly differences: Differences | null;
  /** What a reader of the result should know, a sentence each. */
  readonly remarks: readonly string[];
}

/** Turns one kind of survey file into a human side. Writes nothing. */
export interface HumanImporter {
  readonly kind: HumanSideKind;
  /** @throws InputError naming file, row and column of what cannot be used */
  read(request: ImportRequest): Promise<ImportedSide>;
}
