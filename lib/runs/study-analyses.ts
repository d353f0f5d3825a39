import { z } from 'zod';
import type { TrainingFactor } from '../analysis/training/training-record.js';
import { knownFields } from '../files/known-fields.js';
import type { PromptFormat } from '../types.js';

/** One arm of an analysis: several trainings of one recipe, or one given model. */
export interface StudyArm {
  readonly label: string;
  /** Names of models of the study. */
  readonly models: readonly string[];
  /** Parameters of each of its models; needed where the factor is size. */
  readonly parameters: number | null;
  /** The way of asking that its answers are taken from; the study's first by default. */
  readonly format: PromptFormat | null;
  readonly template: string | null;
}

/** An analysis of a study: arms that differ in one factor of training, each compared with the first. */
export interface StudyAnalysis {
  readonly factor: TrainingFactor;
  /** Whether the models of each arm are trainings of one recipe that differ in their seed alone. */
  readonly seeds: boolean;
  readonly arms: readonly StudyArm[];
}

const arm = knownFields({
  label: z.string().min(1),
  models: z.array(z.string().min(1)).min(1),
  parameters: z.number().positive().nullable().default(null),
  format: z.enum(['plain', 'chat']).nullable().default(null),
  template: z.string().min(1).nullable().default(null),
});

/** The field `analyses` of a study file. */
export const studyAnalyses = z
  .array(
    knownFields({
      factor: z.enum(['size', 'languages', 'alignment', 'synthetic text', 'way of asking']),
      seeds: z.boolean().default(false),
      arms: z.array(arm).min(2),
    }),
  )
  .default([]);

/** What the analyses of a study rest on. */
interface AnalysedStudy {
  readonly models: readonly { readonly name: string }[];
  readonly settings: { readonly templates: readonly string[]; readonly formats: readonly PromptFormat[] };
  readonly analyses: readonly StudyAnalysis[];
}

/** What does not fit between the analyses and the rest of a study, each with its path in the file. */
export function analysisProblems({
  models,
  settings,
  analyses,
}: AnalysedStudy): { path: (string | number)[]; message: string }[] {
  const names = models.map(({ name }) => name);
  return analyses.flatMap(({ factor, seeds, arms }, a) => {
    const isOfAsking = factor === 'way of asking';
    const labels = arms.map(({ label }) => label);
    return arms.flatMap((one, k) => {
      const path = (field: string): (string | number)[] => ['analyses', a, 'arms', k, field];
      const unknown = one.models.filter((name) => !names.includes(name));
      const twice = one.models.filter((name, place) => one.models.indexOf(name) !== place);
      const problems = [
        {
          is: unknown.length > 0,
          path: path('models'),
          message: `"${unknown[0]}" is no model of the study; expected ${names.join(', ')}`,
        },
        { is: twice.length > 0, path: path('models'), message: `"${twice[0]}" is listed twice` },
        {
          is: one.models.length > 1 && (isOfAsking || !seeds),
          path: path('models'),
          message: isOfAsking
            ? 'expected one model, asked in another way in each arm'
            : 'expected one model, or "seeds": true where they are trainings of one recipe that differ in their seed alone',
        },
        {
          is: isOfAsking && one.models[0] !== arms[0]?.models[0],
          path: path('models'),
          message: `expected ${arms[0]?.models[0]}, the same model in every arm, because the factor is the way of asking`,
        },
        {
          is:
            !isOfAsking &&
            arms.slice(0, k).some(({ models: earlier }) => earlier.some((name) => one.models.includes(name))),
          path: path('models'),
          message: 'a model stands in two arms; expected each in one, or the factor "way of asking"',
        },
        {
          is: labels.indexOf(one.label) !== k,
          path: path('label'),
          message: `"${one.label}" is the label of two arms`,
        },
        {
          is: factor === 'size' && one.parameters === null,
          path: path('parameters'),
          message: 'expected the number of parameters, because the factor is size',
        },
        {
          is: one.format !== null && !settings.formats.includes(one.format),
          path: path('format'),
          message: `the study asks ${settings.formats.join(', ')} only`,
        },
        {
          is: one.template !== null && !settings.templates.includes(one.template),
          path: path('template'),
          message: `the study asks ${settings.templates.join(', ')} only`,
        },
      ];
      return problems.filter(({ is }) => is).map(({ path: where, message }) => ({ path: where, message }));
    });
  });
}
