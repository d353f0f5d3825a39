import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { parseCsv } from '../../../lib/files/read-csv.js';
import type { Summary } from '../../../lib/runs/summary/summary-record.js';

const COLUMNS = [
  ...['model', 'template', 'format', 'reading'],
  ...['r', 'deviation_r', 'r_within_items', 'west_minus_others'],
] as const;

/** Runs a headline example on an exported table and holds every figure of it against the summary's, to 1e-9. */
export function expectHeadline(
  program: 'python3' | 'Rscript',
  script: string,
  table: string,
  summary: Summary,
): void {
  const { status, stdout, stderr } = spawnSync(program, [projectPath('data', 'studies', script), table], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = parseCsv(stdout, COLUMNS, { path: script, what: 'its output' }).map(({ values }) => values);
  const models = summary.rows.filter(({ kind }) => kind === 'model');
  expect(lines).toHaveLength(models.length);
  for (const { name, template, format, reading, agreement } of models) {
    const line = lines.find(
      (one) =>
        [one.model, one.template, one.format, one.reading].join() ===
        [name, template, format, reading].join(),
    );
    const expected = {
      r: agreement.overall.mean,
      deviation_r: agreement.deviation.mean,
      r_within_items: agreement.withinItems.plainMean,
      west_minus_others: agreement.westernLean.lean,
    };
    for (const [figure, value] of Object.entries(expected)) {
      const found = line?.[figure as keyof typeof expected] ?? 'no line';
      if (value === null) {
        expect(found).toBe('');
      } else {
        expect(Math.abs(Number(found) - value)).toBeLessThan(1e-9);
      }
    }
  }
}
