import { describe, expect, it } from 'vitest';
import { dataPath } from '../../lib/files/data-folder.js';
import { readRecordingManifest } from '../../lib/runs/store/index.js';
import { miniModels } from '../../lib/runs/summary/mini-models.js';

describe('the mini models of a study', () => {
  it('are those whose folder or readings are theirs, however the path is given', () => {
    const models = [
      { name: 'relative', folder: 'data/models/mini/mini-6k' },
      { name: 'absolute', folder: dataPath('models', 'mini', 'mini-6k') },
      { name: 'recorded', readings: 'data/readings/mini/seeds/mini-base/4' },
      { name: 'roundabout', folder: 'data/models/smollm2-135m-instruct/../mini/mini-6k' },
      { name: 'real', readings: 'data/readings/smollm2-135m-instruct' },
      { name: 'beside', folder: 'data/models/minimal' },
      { name: 'below', folder: 'data/models/..mini' },
    ];
    expect(miniModels(models)).toEqual(['relative', 'absolute', 'recorded', 'roundabout']);
  });

  it('are known by their files wherever they lie', () => {
    const { model } = readRecordingManifest(dataPath('readings', 'mini', 'mini-6k'));
    const models = [
      { name: 'copied', folder: '/somewhere/else' },
      { name: 'own', folder: '/somewhere/own' },
    ];
    const identities = new Map([
      ['copied', model.identity],
      ['own', '0'.repeat(64)],
    ]);
    expect(miniModels(models, identities)).toEqual(['copied']);
  });
});
