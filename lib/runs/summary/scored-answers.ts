import type { CellScore, PromptFormat, Reading, ReadingKind } from '../../types.js';
import { scoreQuestionnaire } from '../score-questionnaire.js';
import type { StudySettings } from '../study.js';
import type { Questionnaire } from '../study-prompts.js';

/** One model's answers, asked and read in one way. */
export interface ScoredAnswers {
  readonly model: string;
  readonly template: string;
  readonly format: PromptFormat;
  readonly reading: ReadingKind;
  readonly cells: readonly CellScore[];
}

/** The answers of one model in every way that a study asks and reads them. */
export function scoredAnswers(
  model: string,
  readings: readonly Reading[],
  questionnaire: Questionnaire,
  settings: StudySettings,
): ScoredAnswers[] {
  return settings.formats.flatMap((format) =>
    settings.templates.flatMap((template) =>
      settings.readings.map((reading): ScoredAnswers => {
        const own = readings.filter(
          (one) => one.format === format && one.template === template && one.readingKind === reading,
        );
        const cells = scoreQuestionnaire(own, questionnaire, settings);
        return { model, template, format, reading, cells };
      }),
    ),
  );
}
