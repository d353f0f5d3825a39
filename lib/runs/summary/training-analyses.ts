import type { Questions } from '../../analysis/training/common-cells.js';
import { trainingAnalysis } from '../../analysis/training/training-analysis.js';
import type { TrainingAnalysis } from '../../analysis/training/training-record.js';
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
  const [template = '', format, reading] = [settings.templates[0], settings.formats[0], settings.readings[0]];
  return analyses.map(({ factor, arms }) =>
    trainingAnalysis(
      factor,
      arms.map((arm) => ({
        label: arm.label,
        parameters: arm.parameters,
        models: arm.models.map((name) => {
          const way = { template: arm.template ?? template, format: arm.format ?? format };
          const found = answers.find(
            (one) =>
              one.model === name &&
              one.template === way.template &&
              one.format === way.format &&
              one.reading === reading,
          );
          if (found === undefined) {
            throw new InputError(
              `Analysing ${factor}: there are no answers of ${name} to ${way.template}, ${way.format}. Expected them from the ` +
                'study: add the template and format to its settings.',
            );
          }
          return { name, cells: found.cells };
        }),
      })),
      questions,
    ),
  );
}
