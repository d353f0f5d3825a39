import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256OfFile } from '../../../lib/files/hash.js';
import { studySource } from '../../../lib/runs/models/study-source.js';
import { loadStudy } from '../../../lib/runs/study.js';
import { newFolder } from '../../support/small-run.js';

function studyOf(model: Record<string, unknown>): string {
  const path = join(newFolder(), 'study.json');
  writeFileSync(path, JSON.stringify({ id: 'a', title: 'A', models: [model] }));
  return path;
}

describe('a model of a study', () => {
  it.each([{ folder: 'data/models/mini/mini-100k' }, { readings: 'data/readings/x' }])(
    'is given by %j',
    (place) => {
      expect(loadStudy(studyOf({ name: 'm', ...place })).models).toEqual([{ name: 'm', ...place }]);
    },
  );

  it.each([
    [{}, 'models.0: expected one of "folder" (a model to run), "hub"'],
    [{ folder: 'x', readings: 'y' }, 'models.0: "folder" and "readings" are given; expected one of "folder"'],
    [{ reading: 'x' }, 'models.0: there is no field "reading" (did you mean "readings"?)'],
    [{ readings: '' }, 'models.0.readings'],
  ])('is not given by %j', (place, message) => {
    expect(() => loadStudy(studyOf({ name: 'm', ...place }))).toThrow(message);
  });

  it('is looked for as what it is said to be', () => {
    const open = (place: { readings: string } | { folder: string }) => () =>
      studySource({ name: 'm', ...place }, sha256OfFile);
    expect(open({ readings: 'data/readings/nowhere' })).toThrow(
      /data\/readings\/nowhere has no manifest\.json/,
    );
    expect(open({ folder: 'data/readings/nowhere' })).toThrow(
      /Opening the model folder .*data\/readings\/nowhere/,
    );
  });
});
