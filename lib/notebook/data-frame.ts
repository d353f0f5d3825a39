import type { DataFrame } from 'danfojs-node';
import { InputError } from '../files/input-error.js';

/**
 * Records as a danfojs DataFrame, for slicing on in a notebook: `(await dataFrame(rows)).query(...)`; show the outcome
 * with `table`. danfojs takes most of a second to load, so it is loaded here, when first wanted.
 *
 * danfojs computes in single precision and slowly: give it aggregated tables and take no result from it.
 *
 * @throws InputError when there are no rows (danfojs cannot name the columns of nothing)
 */
export async function dataFrame(rows: readonly object[]): Promise<DataFrame> {
  if (rows.length === 0) {
    throw new InputError('Making a DataFrame: there are no rows. Expected at least one record.');
  }
  const danfo = await import('danfojs-node');
  // The first tensor would otherwise print an advertisement on stderr, which a notebook must keep empty.
  danfo.tensorflow.enableProdMode();
  return new danfo.DataFrame(rows.map((row) => ({ ...row })));
}
