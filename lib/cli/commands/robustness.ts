import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { robustnessOfRun } from '../../runs/robustness/robustness-of-run.js';
import { ORDER_JOINS, type OrderJoin } from '../../scoring/join-orders.js';
import { joinOption } from '../join-option.js';
import { changedChoicesTable, robustnessTables } from '../tables/robustness-tables.js';

const HELP = `
Wording, format, letters or answer texts, option orders and how they are joined, people's survey (an
imported one beside those that ship), weights, suspect and thin cells, all countries or those of the
default set, values only, each category left out: every combination that the run's readings allow is
computed. The more a run asked, the more can be varied:

  npx culture-lens probe <model> --study mine --format both --countries all-66 \\
    --template people-answer,typical-resident,average-adult
  npx culture-lens robustness data/runs/mine/<model>`;

/** `culture-lens robustness <run>`: how far the findings of a run hold when choices are made otherwise. */
export function robustnessCommand(): Command {
  return new Command('robustness')
    .description('Show how far the findings of a run hang on choices that could have been made otherwise.')
    .argument('<run>', 'run folder, data/runs/<study>/<model>')
    .addOption(joinOption(', as chosen').default(ORDER_JOINS[0]))
    .addOption(
      new Option('--weights <side>', 'human side, as chosen')
        .choices(['weighted', 'unweighted'])
        .default('weighted'),
    )
    .option(
      '--human <folder>',
      'people of an imported survey, as chosen; those that ship are then another choice',
    )
    .addOption(
      new Option('--suspect-cells <way>', 'cells that look wrong in the survey itself, as chosen')
        .choices(['keep', 'leave-out'])
        .default('keep'),
    )
    .option('--json', 'print everything as JSON')
    .addHelpText('after', HELP)
    .action(
      async (
        run: string,
        {
          join,
          weights,
          human,
          suspectCells,
          json,
        }: {
          join: OrderJoin;
          weights: 'weighted' | 'unweighted';
          human?: string;
          suspectCells: 'keep' | 'leave-out';
          json?: boolean;
        },
      ) => {
        const { robustness } = await robustnessOfRun({
          ...{ folder: resolve(run), join, weights, suspectCells },
          human: human === undefined ? null : resolve(human),
        });
        console.log(
          json === true
            ? JSON.stringify(robustness, null, 1)
            : [
                'How far the findings hold',
                '',
                robustnessTables([robustness]),
                '',
                'One choice changed, all others kept',
                '',
                changedChoicesTable(robustness),
                '',
                'A dash is undefined. r, deviation r: Fisher-z means over countries; r within items: plain mean over items.',
              ].join('\n'),
        );
      },
    );
}
