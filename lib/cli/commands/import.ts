import { relative, resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { InputError } from '../../files/input-error.js';
import { type ImportOutcome, importHuman } from '../../runs/import/import-human.js';
import type { HumanSideKind } from '../../survey/human-side.js';
import { importTables } from '../tables/import-tables.js';
import { terminalProgress } from '../terminal-progress.js';
import { importInspectCommand } from './import/import-inspect.js';
import { importLmEvalCommand } from './import/import-lm-eval.js';

interface ImportOptions {
  readonly out?: string;
  readonly replace?: boolean;
  readonly unknownCodes?: 'refuse' | 'drop';
  readonly labels?: boolean;
  readonly unsure?: boolean;
  readonly survey?: string;
  readonly items?: string;
  readonly countries?: string;
  readonly weighted?: boolean;
  readonly title?: string;
}

/** Options that only some kinds know. */
const ONLY_FOR: Readonly<Record<string, readonly HumanSideKind[]>> = {
  unknownCodes: ['wvs', 'evs-wvs'],
  labels: ['wvs', 'evs-wvs'],
  unsure: ['evs-wvs'],
  survey: ['evs-wvs'],
  items: ['tidy'],
  countries: ['tidy'],
  weighted: ['tidy'],
  title: ['tidy'],
};

const HELP = `
wvs      the official file of the World Values Survey, wave 7, as CSV or .sav
evs-wvs  the joint file of EVS and WVS 2017-2022 (variables A001, A008, ...), as CSV or .sav
tidy     a table of shares of any survey: country, variable, option, share and, where known, n
         (people behind the cell); .tsv has tabs. Shares of a cell sum to 1 (or 100: percent)
         within 2 %. An option without a line has the share 0.

The answers of single people are counted in memory and nowhere written. What is kept are shares,
means and standard deviations by country and item, with the file's SHA-256, in data/human/<name>
(git-ignored; --out names another folder):

  npx culture-lens import wvs WVS_Cross-National_Wave_7_csv_v6_0.csv --out data/human/wvs7
  npx culture-lens probe path/to/model --human data/human/wvs7
  npx culture-lens import tidy our-class.csv --items our-items.json --countries our-countries.csv
  npx culture-lens probe path/to/model --human data/human/our-class

Items of another survey are written like data/items/bank, one category or a list of several;
countries have the columns iso3, name, prompt_name, continent, cultural_zone. data/survey/README.md
says what every file of a human side holds.`;

/** `culture-lens import <kind> <file>`: a survey's own file as the human side. */
export function importCommand(): Command {
  return (
    new Command('import')
      .description("Make a survey's own data file the people that models are compared with.")
      .addArgument(new Argument('<kind>', 'what the file is').choices(['wvs', 'evs-wvs', 'tidy']))
      .argument('<file>', 'data file of the survey')
      .option('--out <folder>', 'folder of the human side (default: data/human/<name of the file>)')
      .option('--replace', 'replace a human side that is there')
      .addOption(
        new Option(
          '--unknown-codes <way>',
          'codes that an item does not have: refuse the file, or drop them',
        ).choices(['refuse', 'drop']),
      )
      .option('--labels', 'write the official labels of a .sav file beside the numbers')
      .option('--unsure', 'evs-wvs: also variables whose column or codes are not checked')
      .addOption(
        new Option('--survey <name>', 'evs-wvs: only one of the two surveys (default: both, pooled)').choices(
          ['evs', 'wvs'],
        ),
      )
      .option('--items <file>', 'tidy: items of another survey (JSON)')
      .option('--countries <file>', 'tidy: countries that data/survey/countries.csv lacks (CSV)')
      .option('--weighted', 'tidy: the shares are weighted ones')
      .option('--title <text>', 'tidy: what the survey is called, and how it is cited')
      .addHelpText('after', HELP)
      // A log's own options stand behind its name.
      .enablePositionalOptions()
      .addCommand(importInspectCommand())
      .addCommand(importLmEvalCommand())
      .action(async (kind: HumanSideKind, file: string, options: ImportOptions) => {
        requireKnown(kind, options);
        const { out, ...rest } = options;
        const outcome = await importHuman({
          kind,
          ...rest,
          file: resolve(file),
          ...(out === undefined ? {} : { out: resolve(out) }),
          onProgress: terminalProgress(process.stderr),
        });
        printOutcome(outcome);
      })
  );
}

function requireKnown(kind: HumanSideKind, options: ImportOptions): void {
  const given = Object.keys(options).find((name) => ONLY_FOR[name]?.includes(kind) === false);
  if (given !== undefined) {
    const flag = `--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new InputError(
      `Importing with "${kind}": ${flag} is for ${ONLY_FOR[given]?.join(' and ')} only. Expected an option of this kind. Leave it out.`,
    );
  }
}

function printOutcome(outcome: ImportOutcome): void {
  console.log(importTables(outcome));
  const folder = relative(process.cwd(), outcome.folder);
  console.log(`\nWritten: ${folder}\nUse it: npx culture-lens probe <model folder> --human ${folder}`);
}
