import { InputError } from '../../files/input-error.js';
import type { PairedModel } from '../paired-comparison.js';
import { contrastOf, type Member, withAdjustedP } from './arm-contrasts.js';
import { commonCellsOf, type Questions } from './common-cells.js';
import { FACTORS } from './factors.js';
import { modelFigures } from './model-figures.js';
import { sizeTrends } from './size-trends.js';
import type { ArmWay, TrainingAnalysis, TrainingFactor } from './training-record.js';

/** One arm: the trainings of one recipe, or one given model. */
export interface Arm {
  readonly label: string;
  readonly models: readonly PairedModel[];
  /** Parameters of its models; needed where the factor is size. */
  readonly parameters: number | null;
  readonly way: ArmWay;
}

/**
 * One of the four analyses: arms that differ in one factor of training, compared on the cells that people and all models
 * answered, every arm against the first.
 *
 * With several trainings in both arms the claim is about recipes and seeds are the unit; with one model in each it is about
 * these two models, and items and countries are. With one against several there is a difference and no interval.
 *
 * @throws InputError for fewer than two arms, an empty arm, and models that were asked different items
 */
export function trainingAnalysis(
  factor: TrainingFactor,
  arms: readonly Arm[],
  questions: Questions,
): TrainingAnalysis {
  requireArms(factor, arms);
  const members = arms.flatMap((arm) => arm.models.map((model) => ({ arm: arm.label, model })));
  requireSameItems(factor, members);
  const shared = commonCellsOf(
    members.map(({ model }) => model),
    questions,
  );
  const all = members.map(({ arm, model }, place): Member => {
    const [grid, kept] = [shared.grids[place], shared.models[place]];
    if (grid === undefined || kept === undefined) {
      throw new Error('a model without a grid');
    }
    return { kept, row: { arm, model: model.name, figures: modelFigures(grid) } };
  });
  const [reference, ...others] = arms.map(({ label }) => all.filter(({ row }) => row.arm === label));
  const contrasts = others.map((other) => contrastOf(reference ?? [], other, questions));
  const rows = all.map(({ row }) => row);
  return {
    factor,
    ...FACTORS[factor],
    arms: arms.map(({ label, parameters, way }) => ({ label, parameters, way })),
    cells: {
      ...{ common: shared.common, items: shared.items, countries: shared.countries },
      withoutHumanAnswer: shared.withoutHumanAnswer,
      dropped: shared.dropped,
    },
    byModel: rows,
    contrasts: withAdjustedP(contrasts),
    trends: factor === 'size' ? sizeTrends(arms, rows) : [],
  };
}

function requireArms(factor: TrainingFactor, arms: readonly Arm[]): void {
  const empty = arms.find(({ models }) => models.length === 0);
  if (arms.length < 2 || empty !== undefined) {
    throw new InputError(
      `Analysing ${factor}: found ${arms.length} arms${empty === undefined ? '' : `, "${empty.label}" without a model`}. ` +
        'Expected at least two, each with a model.',
    );
  }
}

function requireSameItems(
  factor: TrainingFactor,
  members: readonly { readonly arm: string; readonly model: PairedModel }[],
): void {
  const asked = members.map(({ model }) => new Set(model.cells.map(({ variable }) => variable)));
  const everywhere = new Set(asked.flatMap((items) => [...items]));
  const lacking = members.flatMap(({ arm, model }, place) => {
    const items = [...everywhere].filter((item) => asked[place]?.has(item) !== true);
    return items.length === 0 ? [] : [`${model.name} (${arm}) lacks ${items.join(', ')}`];
  });
  if (lacking.length > 0) {
    throw new InputError(
      `Analysing ${factor}: the models were asked different items (${lacking.join('; ')}). Expected the same items for all. ` +
        'Probe all with the same --items.',
    );
  }
}
