import type { StudyAnalysis, StudyArm } from '../../study-analyses.js';
import type { CatalogueModel, ModelCatalogue } from './catalogue.js';

/**
 * The analyses that some of the catalogue's models allow, as a study file has them: one model an arm, sizes in parameters
 * without the embedding. An analysis of which fewer than two are among them falls away.
 *
 * @param ids models of a study that are named as in the catalogue
 */
export function comparableModels(
  { models, analyses }: ModelCatalogue,
  ids: readonly string[],
): StudyAnalysis[] {
  return analyses.flatMap(({ factor, models: members }) => {
    const arms = members
      .filter((id) => ids.includes(id))
      .flatMap((id) => models.find((model) => model.id === id) ?? [])
      .map((model) => armOf(model, factor === 'size'));
    return arms.length < 2 ? [] : [{ factor, seeds: false, arms }];
  });
}

function armOf({ id, name, nonEmbeddingParameters }: CatalogueModel, isSize: boolean): StudyArm {
  return {
    ...{ label: name, models: [id], parameters: isSize ? nonEmbeddingParameters : null },
    ...{ format: null, template: null },
  };
}
