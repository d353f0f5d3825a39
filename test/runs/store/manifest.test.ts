import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256OfText } from '../../../lib/files/hash.js';
import {
  FIXED_FIELDS,
  fixedFieldsThatDiffer,
  type Manifest,
  parseManifest,
  readManifest,
} from '../../../lib/runs/store/index.js';
import { writeManifest } from '../../../lib/runs/store/manifest.js';
import { exampleManifest, temporaryFolders } from './fixtures.js';

const newFolder = temporaryFolders();

test('a manifest comes back as it was written, with one line for the prompts of a unit', async () => {
  const folder = newFolder();
  await writeManifest(folder, exampleManifest());
  expect(readManifest(folder)).toStrictEqual(exampleManifest());
  const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
  expect(text).toContain('"prompts": [0, 2, 4]\n');
  expect(text).toContain('"prompts": [1]\n');
  expect(text.endsWith('}\n')).toBe(true);
  expect(readdirSync(folder)).toEqual(['manifest.json']);
});

describe('a manifest that is not as it must be is refused by field', () => {
  const base = exampleManifest();
  test.each<[string, object, RegExp]>([
    ['a field too many', { host: 'x' }, /the whole file: Unrecognized key: "host"/],
    ['a field too few', { plan: undefined }, /plan: .*expected object.*\(found nothing\)/],
    ['a status of another kind', { status: 'done' }, /status: .*"running"\|"complete".*\(found "done"\)/],
    ['a nested field too many', { model: { ...base.model, size: 1 } }, /model: Unrecognized key: "size"/],
    [
      'an unknown order',
      { settings: { ...base.settings, orders: ['up'] } },
      /settings\.orders\.0: .*\(found "up"\)/,
    ],
    ['an unknown plan', { plan: { ...base.plan, kind: 'rows' } }, /plan\.kind: .*\(found "rows"\)/],
    [
      'a prompt number below 0',
      { plan: { ...base.plan, units: [{ prompts: [-1] }] } },
      /plan\.units\.0\.prompts\.0: .*\(found -1\)/,
    ],
    [
      'a hash that is none',
      { promptsHash: 'abc' },
      /promptsHash: expected a SHA-256 in hexadecimal \(found "abc"\)/,
    ],
    ['a time that is none', { startedAt: 'today' }, /startedAt: .*\(found "today"\)/],
    [
      'a spread that is null',
      { model: { ...base.model, selfTest: { ...base.model.selfTest, largest: null } } },
      /model\.selfTest\.largest: .*\(found null\)/,
    ],
    [
      'a cost without its tokens',
      { plan: { ...base.plan, cost: { ...base.plan.cost, distinctTokens: 1.5 } } },
      /plan\.cost\.distinctTokens: .*\(found 1\.5\)/,
    ],
  ])('%s', (_, changes, text) => {
    const read = (): Manifest =>
      parseManifest(JSON.stringify({ ...base, ...changes }), 'runs/x/manifest.json');
    expect(read).toThrow(
      /^Reading the manifest of a run: runs\/x\/manifest\.json does not have the expected shape/,
    );
    expect(read).toThrow(text);
  });

  test('another contract number is named first, whatever else is wrong', () => {
    expect(() => parseManifest('{"contract": 3}', 'm.json')).toThrow(
      /m\.json was written under store contract 3\. Expected contract 2/,
    );
    expect(() => parseManifest('{"status": "running"}', 'm.json')).toThrow(
      /contract: .*expected number.*\(found nothing\)/,
    );
    expect(() => parseManifest('[]', 'm.json')).toThrow(/the whole file: .*expected object/);
  });

  test('NaN never reaches the file, and the old file stays', async () => {
    const folder = newFolder();
    await writeManifest(folder, exampleManifest());
    const { model } = exampleManifest();
    const selfTest = model.selfTest === null ? null : { ...model.selfTest, largest: Number.NaN };
    const bad = exampleManifest({ model: { ...model, selfTest } });
    await expect(writeManifest(folder, bad)).rejects.toThrow(/model\.selfTest\.largest/);
    expect(readManifest(folder)).toEqual(exampleManifest());
  });

  test('a manifest cut short', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'readings'));
    writeFileSync(join(folder, 'manifest.json'), '{"contract": 2, "sta');
    expect(() => readManifest(folder)).toThrow(/manifest\.json is not valid JSON/);
  });
});

test('two manifests differ in exactly the fixed fields that were changed', () => {
  const base = exampleManifest();
  const changes: { readonly [Field in (typeof FIXED_FIELDS)[number]]: Manifest[Field] } = {
    contract: 1,
    study: 'other',
    model: { ...base.model, dtype: 'float16' },
    settings: { ...base.settings, topTokens: 6 },
    plan: { ...base.plan, units: [{ prompts: [0, 2, 3] }] },
    promptsHash: sha256OfText('c'),
    promptCount: 6,
    identity: 'other',
  };
  for (const field of FIXED_FIELDS) {
    expect(fixedFieldsThatDiffer(base, { ...base, [field]: changes[field] })).toEqual([field]);
  }
  expect(fixedFieldsThatDiffer(base, { ...base, ...changes })).toEqual([...FIXED_FIELDS]);
  expect(fixedFieldsThatDiffer(base, { ...base, status: 'complete', versions: {}, startedAt: 'x' })).toEqual(
    [],
  );
});
