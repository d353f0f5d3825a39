import { Argument, Command } from 'commander';
import { validateMini } from '../../runs/mini-world/validate-mini.js';
import { positiveInteger } from '../positive-integer.js';
import { miniValidationTables } from '../tables/mini-world/mini-validation-tables.js';
import { terminalProgress } from '../terminal-progress.js';
import { lateProgress } from '../validation/late-progress.js';
import { validateIntervals } from '../validation/validate-intervals.js';

const HELP = `
intervals: draws worlds in which the right answer is known, and counts how often three kinds of 95 %
intervals hold it: of mean r over countries, of the difference of two models, and of the lean of one
model (Western countries minus the others). Items are independent or hang together in batteries
(correlation .6); countries are independent or hang together in cultural zones (.6, in what they
answer and in r); many and few of both. With 55 countries, zones and Western countries are as many
and as unequal as in the survey; with fewer, countries are spread over seven zones. The intervals
know batteries and zones by name, also where nothing hangs together. Nothing is read or written.
2,000 worlds of each kind take about ten minutes.

mini: reads what the trainings of the mini models answered (data/readings/mini/seeds) and what their
text says (data/models/mini/text-implied), and answers with seeds as the unit: does size, coverage,
language, alignment or synthetic text do what it must do in models whose text is known, and how
often are seeds of one recipe called different? --worlds and --seed do not apply.`;

interface Options {
  readonly worlds: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** `culture-lens validate`: the intervals in made-up worlds, or the whole instrument on models whose text is known. */
export function validateCommand(): Command {
  return new Command('validate')
    .description(
      'Check the instrument where the right answer is known: its intervals in made-up worlds, or the mini models.',
    )
    .addArgument(
      new Argument('[what]', 'what is checked').choices(['intervals', 'mini']).default('intervals'),
    )
    .option('--worlds <n>', 'worlds of each kind', positiveInteger, 2000)
    .option('--seed <n>', 'of the random numbers', positiveInteger, 1)
    .option('--json', 'print the table as JSON')
    .addHelpText('after', HELP)
    .action(async (what: 'intervals' | 'mini', options: Options) => {
      console.log(what === 'mini' ? await mini(options) : validateIntervals(options));
    });
}

async function mini({ json }: Options): Promise<string> {
  const found = await validateMini({ onProgress: lateProgress(terminalProgress(process.stderr)) });
  return json === true ? JSON.stringify(found, null, 1) : miniValidationTables(found);
}
