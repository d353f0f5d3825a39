import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError, messageOf } from '../../files/input-error.js';
import { parseJson, readTextFile } from '../../files/read-json.js';
import { SUMMARY_CONTRACT, type Summary } from './summary-record.js';

const WHAT = 'the summary of a study';
/** The way out wherever a file that a study wrote cannot be read back. */
export const WRITE_AGAIN =
  'Write it again: npx culture-lens study <study file>, or probe, as the run was begun. Readings that are stored are not asked for again.';

const anObject = z.looseObject({});
const someObjects = z.array(anObject);
const texts = z.array(z.string());

const agreement = z.looseObject({
  ...{ items: anObject, modelCells: anObject, cells: anObject, level: anObject, spread: anObject },
  ...{ overall: anObject, deviation: anObject, withinItems: anObject, westernLean: anObject },
  ...{ byContinent: someObjects, byCategory: someObjects, deviationByCountry: someObjects },
  ...{ optionMass: anObject, orderGap: anObject },
});

// What has the right number and these parts was written by this program; numbers inside are not gone through one by one.
const schema = z.looseObject({
  study: z.looseObject({ id: z.string(), title: z.string(), note: z.string().nullable() }),
  settings: anObject,
  human: z.looseObject({ ceilings: someObjects }),
  ...{ notes: texts, westernCountries: texts, miniModels: texts, findings: texts },
  models: z.array(
    z.looseObject({ name: z.string(), dtype: z.string(), identity: z.string(), origin: anObject.nullable() }),
  ),
  rows: z.array(
    z.looseObject({
      kind: z.enum(['model', 'reference']),
      name: z.string(),
      agreement,
      scores: someObjects.nullable(),
    }),
  ),
  ...{ analyses: someObjects, robustness: someObjects, recordings: someObjects },
  versions: z.record(z.string(), z.string()),
});

/**
 * Reads the `summary.json` of a study back.
 *
 * @param folder that holds it: `data/runs/<study>`, or `data/runs/<study>/<model>` after a probe
 * @throws InputError where it is missing, damaged or of another contract, with the way to write it again
 */
export function readSummary(folder: string): Summary {
  const path = join(folder, 'summary.json');
  if (!existsSync(path)) {
    throw new InputError(
      `Reading ${WHAT}: ${folder} ${existsSync(folder) ? 'holds no summary.json' : 'is not there'}. Expected the folder of a ` +
        `finished study, data/runs/<study> (after a probe data/runs/<study>/<model>). Correct the path, or finish the study. ${WRITE_AGAIN}`,
    );
  }
  const source = { what: WHAT, path };
  try {
    const text = readTextFile(path, WHAT);
    const { contract } = parseJson(text, z.looseObject({ contract: z.number() }), source);
    if (contract === SUMMARY_CONTRACT) {
      return parseJson(text, schema as unknown as z.ZodType<Summary>, source);
    }
    throw new InputError(
      `Reading ${WHAT}: ${path} has contract ${contract}, expected ${SUMMARY_CONTRACT}: another version of culture-lens wrote it.`,
    );
  } catch (error) {
    throw new InputError(`${messageOf(error)} ${WRITE_AGAIN}`);
  }
}
