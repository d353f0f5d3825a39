import type { PairedModel } from '../../analysis/paired-comparison.js';
import type { Questions } from '../../analysis/training/common-cells.js';
import { trainingAnalysis } from '../../analysis/training/training-analysis.js';
import type { ArmWay, TrainingAnalysis } from '../../analysis/training/training-record.js';
import { InputError } from '../../files/input-error.js';
import type { Study } from '../study.js';
import type { ScoredAnswers } from './scored-answers.js';

/**
 * The analyses that a study asks for, from its models' answers.
 *
 * @throws InputError for models that were asked different items
 */
export function trainingAnalyses(
  { analyses, settings }: Study,
  answers: readonly ScoredAnswers[],
  questions: Questions,
): TrainingAnalysis[] {
  const [template = ''] = settings.templates;
  const [format = 'plain'] = settings.formats;
  const reading = settings.readings.includes('letter') ? 'letter' : (settings.readings[0] ?? 'letter');
  return analyses.map(({ factor, arms }) =>
    trainingAnalysis(
      factor,
      arms.map(({ label, parameters, ...arm }) => {
        const way = { template: arm.template ?? template, format: arm.format ?? format, reading };
        return { label, parameters, way, models: arm.models.map((name) => answered(name, way, answers)) };
      }),
      questions,
    ),
  );
}

function answered(name: string, way: ArmWay, answers: readonly ScoredAnswers[]): PairedModel {
  const found = answers.find(
    (one) =>
      one.model === name &&
      one.template === way.template &&
      one.format === way.format &&
      one.reading === way.reading,
  );
  if (found === undefined) {
    throw new InputError(
      `Analysing a study: there are no answers of ${name} to ${way.template}, ${way.format}, ${way.reading}. Expected them ` +
        'from the study: add the template and format to its settings.',
    );
  }
  return { name, cells: found.cells };
}
