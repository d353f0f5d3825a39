import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { importSmall } from '../../support/survey-file/small-file.js';

const fixture = (name: string): string => projectPath('test', 'fixtures', 'import', name);

// Written by pyreadstat (make_sav.py): texts of 320 bytes, system-missing fields, missing ranges, labels.
describe('a .sav file that another program wrote', () => {
  it.each(['wave7-compressed.sav', 'wave7-plain.sav'])('%s gives what its rows give as CSV', async (name) => {
    const csv = await importSmall(fixture('wave7.csv'));
    const sav = await importSmall(fixture(name));
    for (const file of ['shares.csv', 'means.csv', 'differences.csv']) {
      expect(readFileSync(join(sav.folder, file), 'utf8')).toBe(readFileSync(join(csv.folder, file), 'utf8'));
    }
    expect(sav.record).toMatchObject({
      rows: 60,
      respondents: csv.record.respondents,
      leftOut: csv.record.leftOut,
    });
  });

  it('gives its labels on request, into the folder and nowhere else', async () => {
    const { folder, record } = await importSmall(fixture('wave7-compressed.sav'), { labels: true });
    const labels = readFileSync(join(folder, 'official_labels.csv'), 'utf8').split('\n');
    expect(labels[0]).toBe('variable,code,label');
    expect(labels).toContain('W_WEIGHT,,Weight');
    expect(labels.filter((line) => line.startsWith('Q1,'))).toEqual([
      'Q1,,"Importance, made up"',
      'Q1,1,Very',
      'Q1,2,Rather',
      'Q1,3,Not very',
      'Q1,4,Not at all',
      'Q1,-1,Don´t know',
    ]);
    expect(record.settings).toMatchObject({ labels: true });
    expect((await importSmall(fixture('wave7-compressed.sav'))).record.files).not.toHaveProperty(
      'official_labels.csv',
    );
  });
});
