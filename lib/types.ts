/**
 * The records that cross rooms. This room imports nothing, and every other may import it.
 *
 * Conventions: log-probabilities are natural logarithms; scores lie in [-1, 1], where +1 means *more* of what an
 * item's label names; a share or probability lies in [0, 1]; `null` marks what is undefined or was not observed
 * (never 0, never NaN).
 */

export type * from './types/model.js';
export type * from './types/prompts.js';
export type * from './types/readings.js';
export type * from './types/run-plan.js';
export type * from './types/survey.js';
