import { Command } from 'commander';
import { positiveInteger } from '../../../lib/cli/positive-integer.js';
import { GROWTH_SERIES, type GrowthSeries } from '../growth/growth-points.js';
import { growthTable } from '../growth/growth-table.js';
import { measureGrowth } from '../growth/measure-growth.js';
import { saveGrowth } from '../growth/save-growth.js';
import { describeMachine } from '../machine-facts.js';
import { resultsPath } from '../setup/bench-folders.js';
import { listOption, listOptionOf } from './list-option.js';

interface GrowthOptions {
  readonly series?: readonly GrowthSeries[];
  readonly items?: readonly string[];
  readonly repeats: number;
  readonly folder?: string;
}

/** `bench growth`: how cost grows with countries, orders, reading, model and row length. */
export function growthCommand(): Command {
  return new Command('growth')
    .description('Measures how the cost of culture-lens grows, one thing varied at a time, and draws it.')
    .option(
      '--series <list>',
      `out of ${GROWTH_SERIES.join(',')} (default: all; model needs Python and 7 GB of disk)`,
      listOptionOf(GROWTH_SERIES),
    )
    .option('--items <list>', 'variables such as Q57,Q164 (default: the 24 of check:real)', listOption)
    .option('--repeats <n>', 'measure every point so often', positiveInteger, 3)
    .option('--folder <folder>', 'where growth.json and growth.png are written (default: test/results/bench)')
    .action(grow);
}

async function grow(options: GrowthOptions): Promise<void> {
  const growth = await measureGrowth({
    series: options.series ?? GROWTH_SERIES,
    items: options.items ?? null,
    repeats: options.repeats,
  });
  console.log(`${describeMachine(growth.machine)}\n\n${growthTable(growth.points)}`);
  await saveGrowth(growth, options.folder ?? resultsPath());
}
