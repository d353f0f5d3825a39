import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf, openStore, readKeys, readReadings } from '../../../lib/runs/store/index.js';
import type { Reading } from '../../../lib/types.js';
import { exampleManifest, exampleReading, exampleReadings, unscoredReading } from './fixtures.js';
import { newStore, query, temporaryRuns, visibleAndHidden } from './run-folders.js';

const { newFolder, folderWith } = temporaryRuns();

describe('what is written comes back', () => {
  test('scored and unscored rows, no country, empty lists, text of every kind, and the edges of float64', async () => {
    const readings = [
      exampleReading(1),
      unscoredReading(2),
      exampleReading(3, {
        country: null,
        reason: null,
        template: `it's "quoted" \\ \u0000 été 中文 😀 \n`,
        optionLogProbs: [-0, 5e-324, -1.7976931348623157e308, 0.1 + 0.2, 2 ** -1074, Number.EPSILON],
        optionCodes: [-2147483648, 2147483647, 0],
        meanScore: -0,
        optionMass: 1,
        topTokens: [{ tokenId: 0, text: '', logProb: -0 }],
      }),
    ];
    const folder = await folderWith(readings);
    // toStrictEqual compares numbers with Object.is, so -0 must come back as -0.
    expect(await readReadings(folder)).toStrictEqual(readings);
    expect(visibleAndHidden(folder)).toEqual(['manifest.json', 'part-00000.parquet', 'readings']);
  });

  test('any readings at all', { timeout: 120_000 }, async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const integer = fc.integer();
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
    const list = { maxLength: 7 };
    const reading: fc.Arbitrary<Reading> = fc.record(
      {
        model: text,
        variable: text,
        country: fc.option(text),
        template: text,
        order: fc.constantFrom('given', 'reversed'),
        format: fc.constantFrom('plain', 'chat'),
        readingKind: fc.constantFrom('letter', 'answer-text'),
        promptHash: hash,
        tokenIdsHash: hash,
        tokenCount: integer,
        status: fc.constantFrom('scored', 'unscored'),
        reason: fc.option(text),
        optionCodes: fc.array(integer, list),
        optionTokenIds: fc.array(integer, list),
        optionLogProbs: fc.array(number, list),
        optionProbabilities: fc.array(number, list),
        optionMass: fc.option(number),
        meanScore: fc.option(number),
        topTokens: fc.array(
          fc.record({ tokenId: integer, text, logProb: number }, { noNullPrototype: true }),
          list,
        ),
        optionTokenCounts: fc.option(fc.array(integer, list)),
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(reading, { minLength: 1, maxLength: 30, selector: keyOf }),
        async (readings) => {
          const folder = await folderWith(readings);
          expect(await readReadings(folder)).toStrictEqual(readings);
          expect(await readKeys(folder)).toEqual(new Set(readings.map(keyOf)));
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  test('in the order of parts and rows, whatever order they were written in, also beyond one chunk of DuckDB', async () => {
    const folder = newFolder();
    const store = await newStore(folder);
    // 2,048 rows fill a chunk: 4,500 need three, the last one partly filled.
    const long = exampleReadings(1000, 4500);
    const one = exampleReadings(1, 3);
    const other = exampleReadings(10, 2);
    expect(await store.writePart(7, long)).toBe(join(folder, 'readings', 'part-00007.parquet'));
    await store.writePart(99_999, other);
    await store.writePart(0, one);
    await store.close();
    expect(await readReadings(folder)).toStrictEqual([...one, ...long, ...other]);
  });

  test('from folders whose names mean something to SQL or to file patterns', async () => {
    const folder = join(newFolder(), `o'brien [a-z]* {x} ? %20 "q"`, 'minié');
    const store = await newStore(folder);
    await store.writePart(0, exampleReadings(1, 2));
    await store.close();
    expect(await readReadings(folder)).toStrictEqual(exampleReadings(1, 2));
  });

  test('while the run goes on: a reader sees whole parts only', async () => {
    const folder = newFolder();
    const store = await newStore(folder);
    const counts: number[] = [];
    let writing = true;
    const reader = (async () => {
      while (writing) {
        counts.push((await readKeys(folder)).size);
      }
    })();
    for (let part = 0; part < 20; part += 1) {
      await store.writePart(part, exampleReadings(part * 50, 50));
    }
    writing = false;
    await reader;
    await store.close();
    expect(counts.every((count) => count % 50 === 0)).toBe(true);
    expect(counts.length).toBeGreaterThan(1);
    expect((await readKeys(folder)).size).toBe(1000);
  });
});

test('a part is plain Parquet: zstd, snake_case columns, DOUBLE and INTEGER, readable by a pattern', async () => {
  const folder = await folderWith(exampleReadings(1, 2), [unscoredReading(3)]);
  const pattern = `'${join(folder, 'readings', '*.parquet')}'`;
  const columns = await query(`DESCRIBE SELECT * FROM ${pattern}`);
  expect(columns.map((column) => `${column.column_name} ${column.column_type}`)).toEqual([
    'model VARCHAR',
    'variable VARCHAR',
    'country VARCHAR',
    'template VARCHAR',
    'order VARCHAR',
    'format VARCHAR',
    'reading_kind VARCHAR',
    'prompt_hash VARCHAR',
    'token_ids_hash VARCHAR',
    'token_count INTEGER',
    'status VARCHAR',
    'reason VARCHAR',
    'option_codes INTEGER[]',
    'option_token_ids INTEGER[]',
    'option_log_probs DOUBLE[]',
    'option_probabilities DOUBLE[]',
    'option_mass DOUBLE',
    'mean_score DOUBLE',
    'top_tokens STRUCT(token_id INTEGER, "text" VARCHAR, log_prob DOUBLE)[]',
    'option_token_counts INTEGER[]',
  ]);
  expect(await query(`SELECT DISTINCT compression FROM parquet_metadata(${pattern})`)).toEqual([
    { compression: 'ZSTD' },
  ]);
  // 0.6 twice and an undefined mean: avg leaves the undefined one out.
  expect(await query(`SELECT count(*)::INTEGER AS n, avg(mean_score) AS mean FROM ${pattern}`)).toEqual([
    { n: 3, mean: 0.6 },
  ]);
});

test('a part holds every field of a Reading', async () => {
  const folder = await folderWith([exampleReading(1)]);
  const [reading] = await readReadings(folder);
  expect(Object.keys(reading ?? {}).sort()).toEqual(Object.keys(exampleReading(1)).sort());
});

describe('a resumed run', () => {
  test('finds the keys that are there, the manifest and the next part', async () => {
    const folder = await folderWith(exampleReadings(1, 2), exampleReadings(3, 1));
    const store = await openStore(folder, { write: true });
    expect(store.manifest).toEqual(exampleManifest());
    expect(store.keys).toEqual(new Set(exampleReadings(1, 3).map(keyOf)));
    expect(store.nextPart).toBe(2);
    await store.writePart(store.nextPart, exampleReadings(4, 1));
    expect(store.nextPart).toBe(3);
    expect(store.keys.has(keyOf(exampleReading(4)))).toBe(true);
    await store.close();
    expect(await readReadings(folder)).toStrictEqual(exampleReadings(1, 4));
  });

  test('clears away what a killed writer left, and nothing else', async () => {
    const folder = await folderWith(exampleReadings(1, 2));
    writeFileSync(join(folder, 'readings', '.part-00001.4711.tmp'), 'half');
    writeFileSync(join(folder, '.manifest.json.4711-aabbccdd.tmp'), '{');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const store = await openStore(folder, { write: true });
    await store.close();
    expect(visibleAndHidden(folder)).toEqual([
      'manifest.json',
      'notes.txt',
      'part-00000.parquet',
      'readings',
    ]);
  });

  test('starts in a new folder without manifest, keys or parts', async () => {
    const store = await openStore(join(newFolder(), 'a', 'b'), { write: true });
    expect([store.manifest, store.keys.size, store.nextPart]).toEqual([null, 0, 0]);
    await store.close();
  });
});

test('close waits for the part being written', async () => {
  const folder = newFolder();
  const store = await newStore(folder);
  const writing = store.writePart(0, exampleReadings(1, 500));
  await store.close();
  expect(readdirSync(join(folder, 'readings'))).toEqual(['part-00000.parquet']);
  expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  await writing;
});

describe('the manifest of a run with readings', () => {
  test('may change its status, times and versions', async () => {
    const folder = await folderWith(exampleReadings(1, 1));
    const store = await openStore(folder, { write: true });
    const changed = exampleManifest({
      status: 'complete',
      finishedAt: '2026-11-21T10:00:00.000Z',
      versions: { node: 'v22.0.0' },
    });
    await store.writeManifest(changed);
    expect(store.manifest).toEqual(changed);
    await store.close();
  });

  test('may not become that of another run', async () => {
    const folder = await folderWith(exampleReadings(1, 1));
    const store = await openStore(folder, { write: true });
    const other = exampleManifest({
      identity: 'e2'.repeat(32),
      plan: { ...exampleManifest().plan, units: [] },
    });
    await expect(store.writeManifest(other)).rejects.toThrow(
      /manifest\.json: the readings stored there were made with another plan, identity\. .* Choose another folder/,
    );
    expect(store.manifest).toEqual(exampleManifest());
    await store.close();
  });

  test('may become anything while there are no readings', async () => {
    const store = await newStore(newFolder());
    await store.writeManifest(exampleManifest({ study: 'another' }));
    expect(store.manifest?.study).toBe('another');
    await store.close();
  });
});
