import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importHuman } from '../../../lib/runs/import/import-human.js';
import { directComputation } from '../../support/survey-file/direct-computation.js';
import { expectSameCells } from '../../support/survey-file/expect-same-cells.js';
import { madeUpSurvey } from '../../support/survey-file/made-up-survey.js';
import { writeSurveyCsv } from '../../support/survey-file/write-survey-csv.js';
import { writeSurveySav } from '../../support/survey-file/write-survey-sav.js';

const onProgress = (): void => {};

function newPath(name: string): string {
  return join(mkdtempSync(join(tmpdir(), 'import-')), name);
}

// Three countries: weights of 1, other weights, means only; every item of the bank.
const survey = madeUpSurvey({
  seed: 3,
  countries: ['AND', 'USA', 'SRB', 'IRQ'],
  respondents: () => 60,
  width: 400,
});
const direct = directComputation(survey);

describe('the official file of wave 7', () => {
  it('gives as CSV what a direct computation over its rows gives', async () => {
    const file = newPath('wvs.csv');
    writeSurveyCsv(file, survey.columns, survey.rows());
    const { folder, record } = await importHuman({ kind: 'wvs', file, out: newPath('side'), onProgress });
    expectSameCells(folder, direct);
    expect(record.respondents).toEqual({ AND: 60, IRQ: 60, SRB: 60, USA: 60 });
  });

  it.each([
    ['bytecode', 240],
    ['bytecode', -1],
    ['padded', 240],
    ['padded', -1],
    ['none', 240],
    ['none', -1],
  ] as const)(
    'gives the same as .sav with compression %s and %i rows in its head',
    async (compression, rowsInHead) => {
      const file = newPath('wvs.sav');
      writeSurveySav(file, survey.columns, survey.rows(), { compression, rowsInHead });
      const { folder } = await importHuman({ kind: 'wvs', file, out: newPath('side'), onProgress });
      expectSameCells(folder, direct);
    },
  );
});
