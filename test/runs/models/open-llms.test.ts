import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { findCatalogueModel, loadCatalogue } from '../../../lib/runs/models/catalogue/catalogue.js';
import { comparableModels } from '../../../lib/runs/models/catalogue/comparable-models.js';
import { loadStudy } from '../../../lib/runs/study.js';

describe('the study of open models', () => {
  const catalogue = loadCatalogue();
  const { models, analyses } = loadStudy(projectPath('data', 'studies', 'open-llms.json'));
  const names = models.map(({ name }) => name);

  it('compares what the catalogue says can be compared, with its sizes', () => {
    expect(analyses).toEqual(comparableModels(catalogue, names));
    expect([...new Set(analyses.map(({ factor }) => factor))]).toEqual([
      ...['size', 'languages', 'alignment', 'synthetic text'],
    ]);
  });

  it('asks no model in vain', () => {
    const compared = analyses.flatMap(({ arms }) => arms.flatMap((arm) => arm.models));
    expect(names.filter((name) => !compared.includes(name))).toEqual([]);
  });

  it('takes each from an export that the catalogue knows, in float32', () => {
    for (const model of models) {
      if (!('hub' in model)) {
        throw new Error(`${model.name} is not of the hub`);
      }
      const known = findCatalogueModel(model.name, catalogue).onnx?.find(({ hub }) => hub === model.hub);
      expect(known).toMatchObject({ revision: model.revision ?? null });
      // Without a form the usual graph is taken, which is float32.
      expect(model.dtype ?? 'fp32').toBe('fp32');
      expect(known?.dtypes ?? ['fp32']).toContain('fp32');
    }
  });

  it('holds models that one machine can run, of the size that data/studies/README.md tells', () => {
    const sizes = names.map((name) => findCatalogueModel(name, catalogue).parameters ?? Infinity);
    expect(Math.max(...sizes)).toBeLessThan(2e9);
    // Four bytes each.
    expect(Math.round((4 * sizes.reduce((sum, size) => sum + size)) / 1e9)).toBe(55);
  });
});
