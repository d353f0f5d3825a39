import type { ModelRobustness } from '../robustness/model-robustness.js';

/** In how many of the specifications the findings of a model point the same way, in one sentence. */
export function robustnessFinding({ model, specifications, findings }: ModelRobustness): string {
  const shares = findings.flatMap(({ id, chosen, sameSign }) =>
    sameSign === null || chosen === null
      ? []
      : [`${id} is ${chosen > 0 ? 'above' : 'below'} 0 in ${Math.round(100 * sameSign)} %`],
  );
  return `${model}, over ${specifications} combinations of choices: ${shares.join(', ')}.`;
}
