import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import type { PairedEstimate } from '../../analysis/paired-record.js';
import { InputError } from '../../files/input-error.js';
import { readJsonFile } from '../../files/read-json.js';
import { loadTemplates } from '../../prompts/templates.js';
import { COMPARISON_CONTRACT, compareRuns, type RunComparison } from '../../runs/compare-runs.js';
import { ORDER_JOINS, type OrderJoin } from '../../scoring/join-orders.js';
import type { PromptFormat, ReadingKind } from '../../types.js';
import { joinOption } from '../join-option.js';
import { comparisonTables } from '../tables/comparison-tables.js';

interface CompareOptions {
  readonly template: string;
  readonly format: PromptFormat;
  readonly reading: ReadingKind;
  readonly join: OrderJoin;
  readonly weights: 'weighted' | 'unweighted';
  readonly human?: string;
  readonly suspectCells: 'keep' | 'leave-out';
  readonly baseline?: string;
  readonly failIfDrop?: number;
  readonly json?: boolean;
}

const HELP = `
The first run is what the second is compared with: yesterday's checkpoint and today's, a base model
and its tuned form. Everything is computed on the cells that both answered; the others are counted.
Intervals are about these two models.

  npx culture-lens compare data/runs/mini/mini-100k data/runs/mini/mini-600k
  npx culture-lens compare OLD NEW --json > tonight.json
  npx culture-lens compare OLD NEW --baseline tonight.json --fail-if-drop 0.02

Exit status: 0, or 1 where r or deviation r of the second model lies more than the stated amount
below that of the first (with --baseline: below that of the second model in the file).`;

/** What a drop is looked for in. */
const WATCHED = ['r', 'deviation r'];

const baselineSchema = z.object({
  contract: z.literal(COMPARISON_CONTRACT),
  settings: z.record(z.string(), z.unknown()),
  cells: z.object({ common: z.number() }),
  estimates: z.array(z.object({ id: z.string(), second: z.number().nullable() })),
});

/** A watched figure fell by more than was allowed. */
export class ScoreDropped extends Error {}

/** `culture-lens compare <first> <second>`: a paired table of two runs. */
export function compareCommand(): Command {
  return new Command('compare')
    .description(
      'Compare two runs of the same questionnaire: r, deviation r, lean, option mass, each category.',
    )
    .argument('<first>', 'run folder, data/runs/<study>/<model>')
    .argument('<second>', 'run folder that is compared with it')
    .option('--template <id>', 'wording whose readings are compared', loadTemplates().default)
    .addOption(new Option('--format <format>', 'plain or chat').choices(['plain', 'chat']).default('plain'))
    .addOption(
      new Option('--reading <kind>', 'what is compared: option letters or answer texts')
        .choices(['letter', 'answer-text'])
        .default('letter'),
    )
    .addOption(joinOption().default(ORDER_JOINS[0]))
    .addOption(
      new Option('--weights <side>', 'human side').choices(['weighted', 'unweighted']).default('weighted'),
    )
    .option(
      '--human <folder>',
      'people of an imported survey (culture-lens import), instead of those that ship',
    )
    .addOption(
      new Option('--suspect-cells <way>', 'cells that look wrong in the survey itself')
        .choices(['keep', 'leave-out'])
        .default('keep'),
    )
    .option('--baseline <file>', 'earlier output of --json: a drop is measured from its second model')
    .option(
      '--fail-if-drop <amount>',
      'exit with 1 if r or deviation r falls by more, for example 0.02',
      amount,
    )
    .option('--json', 'print the comparison as JSON')
    .addHelpText('after', HELP)
    .action(async (first: string, second: string, options: CompareOptions) => {
      if (options.baseline !== undefined && options.failIfDrop === undefined) {
        throw new InputError(
          'Comparing runs: --baseline is given without --fail-if-drop. Expected both, or say how much r may fall.',
        );
      }
      const earlier = options.baseline === undefined ? null : readBaseline(options.baseline);
      const { template, format, reading, join, weights, suspectCells } = options;
      const human = options.human === undefined ? null : resolve(options.human);
      const folders = { first: resolve(first), second: resolve(second) };
      const comparison = await compareRuns({
        ...{ ...folders, template, format, reading, join, weights, suspectCells },
        human,
      });
      if (earlier !== null) {
        requireSameWay(comparison, earlier, options.baseline ?? '');
      }
      console.log(options.json === true ? JSON.stringify(comparison, null, 1) : comparisonTables(comparison));
      if (options.failIfDrop !== undefined) {
        requireNoDrop(comparison, earlier, options.failIfDrop);
      }
    });
}

type Baseline = z.infer<typeof baselineSchema>;

/** @throws InputError unless the file is a comparison that tells every watched figure */
function readBaseline(file: string): Baseline {
  const baseline = readJsonFile(file, baselineSchema, 'the baseline of a comparison');
  const lacking = WATCHED.filter((id) => !baseline.estimates.some((estimate) => estimate.id === id));
  if (lacking.length > 0) {
    throw new InputError(
      `Reading the baseline of a comparison: ${file} has no ${lacking.join(' and no ')}. Expected what ` +
        '`culture-lens compare <run> <run> --json` prints. Make the file again.',
    );
  }
  return baseline;
}

/** @throws InputError when the baseline was computed in another way or on other cells */
function requireSameWay({ settings, cells }: RunComparison, baseline: Baseline, file: string): void {
  const now: Readonly<Record<string, unknown>> = { ...settings, cells: cells.common };
  // A comparison of before there were answer texts is one of letters; of before there were human sides, of what ships.
  const then: Readonly<Record<string, unknown>> = {
    ...{ reading: 'letter', human: null, suspectCells: 'keep', ...baseline.settings },
    cells: baseline.cells.common,
  };
  const differences = Object.keys(now)
    .filter((key) => !isDeepStrictEqual(now[key], then[key]))
    .map((key) => `${key}: there ${JSON.stringify(then[key])}, here ${JSON.stringify(now[key])}`);
  if (differences.length > 0) {
    throw new InputError(
      `Comparing with the baseline ${file}: it was computed in another way or on other cells (${differences.join('; ')}). ` +
        'A drop would mean nothing. Make the baseline again from runs of the same questions with the same options.',
    );
  }
}

function requireNoDrop(
  { estimates, second }: RunComparison,
  earlier: Baseline | null,
  allowed: number,
): void {
  const drops = estimates.flatMap((estimate) => {
    const before = earlier?.estimates.find(({ id }) => id === estimate.id)?.second ?? null;
    return WATCHED.includes(estimate.id)
      ? dropOf(estimate, earlier === null ? estimate.first : before, allowed)
      : [];
  });
  if (drops.length > 0) {
    throw new ScoreDropped(`${second}: ${drops.join('; ')}.`);
  }
}

/** An undefined figure is no proof that nothing fell. */
function dropOf({ id, second, reason }: PairedEstimate, before: number | null, allowed: number): string[] {
  if (second === null || before === null) {
    return [`${id} cannot be compared (${reason ?? 'it is undefined before'})`];
  }
  const drop = before - second;
  return drop > allowed
    ? [
        `${id} fell by ${drop.toFixed(3)}, from ${before.toFixed(3)} to ${second.toFixed(3)}, more than ${allowed}`,
      ]
    : [];
}

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 2)) {
    throw new InvalidArgumentError('Expected a number from 0 to 2, for example 0.02.');
  }
  return value;
}
