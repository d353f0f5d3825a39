import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { GRAPH_DTYPES } from '../../lib/inference/choose-graph.js';
import { loadStudy } from '../../lib/runs/study.js';
import { studyFileModel } from '../../lib/runs/study-model-schema.js';
import { newFolder } from '../support/small-run.js';

const VALUES: Readonly<Record<string, unknown>> = {
  ...{ folder: 'f', hub: 'organisation/m', endpoint: 'http://127.0.0.1:8000', readings: 'r' },
  ...{ tokenizer: 't', revision: 'v1', dtype: 'q4', graph: 'onnx/model_q4.onnx', compareWith: 'r' },
  ...{ model: 'served', concurrency: 2, timeoutSeconds: 9, keyVariable: 'KEY' },
};

/** Reads a study of one model that has these fields. */
function studyWith(fields: readonly string[]): unknown {
  const path = join(newFolder(), 'study.json');
  const model = Object.fromEntries(fields.map((field) => [field, VALUES[field]]));
  writeFileSync(path, JSON.stringify({ id: 'a', title: 'A', models: [{ name: 'm', ...model }] }));
  return loadStudy(path).models[0];
}

/** Rows of the two tables of the section "Models", cell by cell. */
const [kinds, fields] = (
  readFileSync(projectPath('data', 'studies', 'README.md'), 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith('Models\n')) ?? ''
)
  .split(/\n\n(?=\| )/)
  .slice(1)
  .map((table) =>
    (table.match(/^\|.*\|$/gm) ?? []).slice(2).map((row) => row.split('|').map((cell) => cell.trim())),
  ) as [string[][], string[][]];

/** Fields that a cell names as such; files are not among them. */
const named = (cell = ''): string[] =>
  [...cell.matchAll(/`(\w+)`/g)].flatMap(([, word = '']) => (word in VALUES ? word : []));

describe('the models of a study file, as data/studies/README.md has them', () => {
  it('are of four kinds, whose fields are all that there are', () => {
    expect(kinds).toHaveLength(4);
    const documented = kinds.flatMap(([, , needed, added]) => [...named(needed), ...named(added)]);
    const known = Object.keys(studyFileModel.shape).filter((field) => field !== 'name' && field !== 'log');
    expect([...new Set(documented)].toSorted()).toEqual(known.toSorted());
    expect(fields.flatMap(([, field]) => named(field)).toSorted()).toEqual(
      [...new Set(kinds.flatMap(([, , , added]) => named(added)))].toSorted(),
    );
  });

  it.each(kinds.map(([, kind, needed, added]) => ({ kind, needed: named(needed), added: named(added) })))(
    '$kind: needs $needed, takes $added, and nothing else',
    ({ needed, added }) => {
      expect(studyWith(needed)).toMatchObject({ name: 'm', ...pick(needed) });
      for (const field of needed) {
        expect(() => studyWith(needed.filter((other) => other !== field))).toThrow(/models\.0/);
      }
      for (const field of Object.keys(VALUES).filter((other) => !needed.includes(other))) {
        const put = () => studyWith([...needed, field]);
        if (added.includes(field)) {
          expect(put()).toEqual({ name: 'm', ...pick([...needed, field]) });
        } else {
          expect(put, field).toThrow(
            /models\.0(\.\w+)?: (("\w+" and "\w+" are given; )?expected one of|".*" is for .*, not for )/,
          );
        }
      }
    },
  );

  it('choose their graph by a form that is listed', () => {
    const row = fields.find(([, field]) => field === '`dtype`')?.[2] ?? '';
    const forms = [...row.matchAll(/`(\w+)`/g)].map(([, form]) => form);
    expect(forms).toEqual(GRAPH_DTYPES);
  });
});

function pick(some: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(some.map((field) => [field, VALUES[field]]));
}
