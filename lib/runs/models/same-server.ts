import { requireSameWeights, witnessSpread } from '../../inference/endpoint/witness.js';
import type { ModelOrigin } from '../../types.js';

/**
 * Makes sure that a server still serves what it served when a run began: names and versions stay when somebody starts it with
 * other weights.
 *
 * @throws InputError when it says something else after the same texts
 */
export function requireSameServer(before: ModelOrigin | null, now: ModelOrigin | null, folder: string): void {
  if (before?.kind === 'endpoint' && now?.kind === 'endpoint') {
    requireSameWeights(
      witnessSpread(before.witness, now.witness),
      `Resuming the run in ${folder}: the server answers otherwise than when the run began`,
      'Readings of two models are never mixed: serve the model of then, or ask under another study id or name.',
    );
  }
}
