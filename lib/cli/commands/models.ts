import { Command, Option } from 'commander';
import { loadCatalogue } from '../../runs/models/catalogue/catalogue.js';
import { analysisTables, catalogueTable } from '../tables/catalogue-tables.js';

const HELP = `
A list of open models for the four analyses of training, with what is known of theirs: tokens,
languages, alignment, synthetic text, licence, ONNX exports. Facts that were read in a source are
told from those that come from memory. Nothing is fetched. data/studies/open-llms.json is a study of
those that one machine can run.`;

// What the option is called -> the factor in the file.
const FACTORS = {
  size: 'size',
  languages: 'languages',
  alignment: 'alignment',
  synthetic: 'synthetic text',
} as const;

interface Options {
  readonly analysis?: keyof typeof FACTORS;
  readonly json?: boolean;
}

/** `culture-lens models`: open models with facts about their training, and which can be compared for what. */
export function modelsCommand(): Command {
  return new Command('models')
    .description('List open models with facts about their training, and which can be compared for what.')
    .addOption(
      new Option(
        '--analysis <factor>',
        'models that are compared for it, and what else they differ in',
      ).choices(Object.keys(FACTORS)),
    )
    .option('--json', 'print the entries as JSON, with sources')
    .addHelpText('after', HELP)
    .action((options: Options) => console.log(modelsText(options)));
}

function modelsText({ analysis, json }: Options): string {
  const catalogue = loadCatalogue();
  const analyses = catalogue.analyses.filter(
    ({ factor }) => analysis === undefined || factor === FACTORS[analysis],
  );
  if (json === true) {
    const members = new Set(analyses.flatMap(({ models }) => models));
    const models = catalogue.models.filter(({ id }) => analysis === undefined || members.has(id));
    return JSON.stringify({ ...catalogue, models, analyses }, null, 1);
  }
  return analysis === undefined ? catalogueTable(catalogue) : analysisTables(catalogue, analyses);
}
