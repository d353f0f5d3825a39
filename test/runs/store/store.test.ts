import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../lib/files/input-error.js';
import { keyOf, openStore, readKeys, readReadings, type Store } from '../../../lib/runs/store/index.js';
import type { Reading } from '../../../lib/types.js';
import {
  exampleManifest,
  exampleReading,
  exampleReadings,
  temporaryFolders,
  unscoredReading,
} from './fixtures.js';

const newFolder = temporaryFolders();

async function newStore(folder: string): Promise<Store> {
  const store = await openStore(folder, { write: true });
  await store.writeManifest(exampleManifest());
  return store;
}

/** A run folder with these parts, closed. */
async function folderWith(...parts: readonly (readonly Reading[])[]): Promise<string> {
  const folder = join(newFolder(), 'study', 'mini');
  const store = await newStore(folder);
  for (const [index, readings] of parts.entries()) {
    await store.writePart(index, readings);
  }
  await store.close();
  return folder;
}

function partPath(folder: string, index: number): string {
  return join(folder, 'readings', `part-0000${index}.parquet`);
}

function visibleAndHidden(folder: string): string[] {
  return [...readdirSync(folder), ...readdirSync(join(folder, 'readings'))].sort();
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const result = await connection.run(sql);
    return await result.getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

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

describe('a part is refused before anything is written', () => {
  const inTopTokens = (token: object): Partial<Reading> => ({
    topTokens: [{ tokenId: 1, text: 'a', logProb: -1, ...token }],
  });
  test.each<[string, Partial<Reading>, string]>([
    ['NaN in a field', { meanScore: Number.NaN }, 'has meanScore = NaN. Expected a finite number'],
    [
      'Infinity in a field',
      { optionMass: Number.POSITIVE_INFINITY },
      'has optionMass = Infinity. Expected a finite number',
    ],
    [
      '-Infinity in a list',
      { optionLogProbs: [0, Number.NEGATIVE_INFINITY] },
      'has optionLogProbs[1] = -Infinity',
    ],
    ['NaN in a list', { optionProbabilities: [Number.NaN] }, 'has optionProbabilities[0] = NaN'],
    ['NaN in a top token', inTopTokens({ logProb: Number.NaN }), 'has topTokens[0].logProb = NaN'],
    [
      'a token id that is no integer',
      inTopTokens({ tokenId: 1.5 }),
      'has topTokens[0].tokenId = 1.5. Expected a 32-bit integer',
    ],
    [
      'half a surrogate pair',
      inTopTokens({ text: 'x\ud800' }),
      'has topTokens[0].text = x\ud800. Expected well-formed text',
    ],
    [
      'a code beyond 32 bits',
      { optionCodes: [2 ** 31] },
      'has optionCodes[0] = 2147483648. Expected a 32-bit integer',
    ],
    ['a count that is NaN', { tokenCount: Number.NaN }, 'has tokenCount = NaN. Expected a 32-bit integer'],
    ['null where a value must be', { status: null as never }, 'has status = null. Expected well-formed text'],
    [
      'a missing field',
      { optionTokenIds: undefined as never },
      'has optionTokenIds = undefined. Expected a list',
    ],
  ])('%s', async (_, changes, text) => {
    const folder = newFolder();
    const store = await newStore(folder);
    const readings = [exampleReading(1), exampleReading(2, changes)];
    const refusal = store.writePart(0, readings);
    await expect(refusal).rejects.toThrow(InputError);
    await expect(refusal).rejects.toThrow(
      'Writing part-00000.parquet: the reading of Q2 for NLD (template "default", given order, plain, letter) has',
    );
    await expect(refusal).rejects.toThrow(text);
    expect(readdirSync(join(folder, 'readings'))).toEqual([]);
    expect(store.keys.size).toBe(0);
    // The refused part took neither its number nor its keys.
    await store.writePart(0, exampleReadings(1, 2));
    await store.close();
  });

  test('when the part exists', async () => {
    const folder = await folderWith(exampleReadings(1, 2));
    const before = readFileSync(partPath(folder, 0));
    const store = await openStore(folder, { write: true });
    await expect(store.writePart(0, exampleReadings(5, 2))).rejects.toThrow(
      /^Writing part-00000\.parquet: .*part-00000\.parquet exists\. Expected a new number \(the next is 1\)/,
    );
    await store.close();
    expect(readFileSync(partPath(folder, 0))).toEqual(before);
  });

  test('when a key is stored already, in another part or in the same', async () => {
    const store = await newStore(newFolder());
    await store.writePart(0, exampleReadings(1, 3));
    await expect(
      store.writePart(1, [exampleReading(9), exampleReading(3, { meanScore: 0 })]),
    ).rejects.toThrow(
      'Writing part-00001.parquet: the reading ["Q3","NLD","default","given","plain","letter"] is in part-00000.parquet already',
    );
    await expect(store.writePart(1, [exampleReading(9), exampleReading(9)])).rejects.toThrow(
      'the reading ["Q9","NLD","default","given","plain","letter"] is in part-00001.parquet already',
    );
    // Another order, format, template, country or reading kind is another reading.
    const others: Partial<Reading>[] = [
      { order: 'reversed' },
      { format: 'chat' },
      { template: 'other' },
      { country: null },
      { readingKind: 'answer-text' },
    ];
    await store.writePart(1, [exampleReading(9), ...others.map((change) => exampleReading(9, change))]);
    expect(store.keys.size).toBe(9);
    await store.close();
  });

  test('when two are written at once under one number or with one key: exactly one stays', async () => {
    const folder = newFolder();
    const store = await newStore(folder);
    const settled = await Promise.allSettled([
      store.writePart(0, exampleReadings(1, 2)),
      store.writePart(0, exampleReadings(10, 2)),
      store.writePart(1, exampleReadings(2, 2)),
      store.writePart(2, exampleReadings(20, 2)),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    await store.close();
    expect(await readReadings(folder)).toStrictEqual([...exampleReadings(1, 2), ...exampleReadings(20, 2)]);
  });

  test('many written at once are all there, in the order of their numbers', async () => {
    const folder = newFolder();
    const store = await newStore(folder);
    const parts = Array.from({ length: 40 }, (_, index) => exampleReadings(2 * index, 2));
    await Promise.all(parts.map((readings, index) => store.writePart(index, readings)));
    await store.close();
    expect(await readReadings(folder)).toStrictEqual(parts.flat());
  });

  test('without a manifest, without readings, with a number out of range, after close', async () => {
    const store = await openStore(newFolder(), { write: true });
    await expect(store.writePart(0, exampleReadings(1, 1))).rejects.toThrow(
      /has no manifest\.json yet\. Write the manifest/,
    );
    await store.writeManifest(exampleManifest());
    await expect(store.writePart(0, [])).rejects.toThrow('a part holds at least one reading, got none');
    for (const index of [-1, 0.5, 100_000, Number.NaN]) {
      await expect(store.writePart(index, exampleReadings(1, 1))).rejects.toThrow(
        `from 0 to 99999, got ${index}`,
      );
    }
    await store.close();
    await expect(store.writePart(0, exampleReadings(1, 1))).rejects.toThrow(/is closed/);
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

describe('a folder that cannot be read says which file and what to do', () => {
  const readers = {
    readReadings,
    readKeys,
    openStore: (folder: string) => openStore(folder, { write: true }),
  };

  test.each(Object.entries(readers))('%s: a part cut short anywhere', async (_, read) => {
    const folder = await folderWith(exampleReadings(1, 20), exampleReadings(21, 20));
    const path = partPath(folder, 1);
    const whole = readFileSync(path);
    for (const length of [0, 1, 4, 100, Math.floor(whole.length / 2), whole.length - 8, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      const refusal = read(folder);
      await expect(refusal).rejects.toThrow(InputError);
      await expect(refusal).rejects.toThrow(
        /part-00001\.parquet is not a whole part \(.*\)\. Expected a Parquet file .* Delete this one file and repeat the probe/s,
      );
    }
    // The way out that the message names works.
    rmSync(path);
    expect(await readReadings(folder)).toStrictEqual(exampleReadings(1, 20));
    const store = await openStore(folder, { write: true });
    expect(store.keys.size).toBe(20);
    await store.writePart(store.nextPart, exampleReadings(21, 20));
    await store.close();
  });

  test.each(Object.entries(readers))(
    '%s: a part that is no Parquet, or Parquet of something else',
    async (_, read) => {
      const folder = await folderWith(exampleReadings(1, 2));
      const path = partPath(folder, 1);
      writeFileSync(path, 'variable,country\nQ1,NLD\n');
      await expect(read(folder)).rejects.toThrow(/part-00001\.parquet is not a whole part/);
      await query(`COPY (SELECT 1 AS variable) TO '${path}' (FORMAT parquet)`);
      await expect(read(folder)).rejects.toThrow(/part-00001\.parquet is not a whole part \(.*not found/s);
      await query(
        `COPY (SELECT * REPLACE (1 AS variable) FROM '${partPath(folder, 0)}') TO '${path}' (FORMAT parquet)`,
      );
      await expect(read(folder)).rejects.toThrow(
        /\(column variable has the type INTEGER instead of VARCHAR\)/,
      );
    },
  );

  test.each(Object.entries(readers))(
    '%s: the same reading in two parts, or twice in one',
    async (_, read) => {
      const folder = await folderWith(exampleReadings(1, 2));
      copyFileSync(partPath(folder, 0), partPath(folder, 3));
      await expect(read(folder)).rejects.toThrow(
        /the reading \["Q1","NLD",.*\] is there more than once: it is in .*part-00000\.parquet and in .*part-00003\.parquet\. .*Delete the part/,
      );
      rmSync(partPath(folder, 3));
      const all = `SELECT * FROM '${partPath(folder, 0)}'`;
      await query(`COPY (${all} UNION ALL ${all}) TO '${partPath(folder, 4)}' (FORMAT parquet)`);
      rmSync(partPath(folder, 0));
      await expect(read(folder)).rejects.toThrow(/part-00004\.parquet holds it twice/);
    },
  );

  test.each(Object.entries(readers))('%s: another contract number', async (_, read) => {
    const folder = await folderWith(exampleReadings(1, 2));
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ contract: 3, anything: 'else' }));
    await expect(read(folder)).rejects.toThrow(
      /manifest\.json was written under store contract 3\. Expected contract 2, .* Use the version that wrote the folder/,
    );
  });

  test.each([
    ['readReadings', readReadings],
    ['readKeys', readKeys],
  ])('%s: no manifest, or no folder at all', async (_, read) => {
    const folder = newFolder();
    mkdirSync(join(folder, 'readings'));
    for (const place of [folder, join(folder, 'nowhere')]) {
      await expect(read(place)).rejects.toThrow(
        /has no manifest\.json\. Expected the folder of one model's run/,
      );
    }
  });

  test('openStore: parts without a manifest', async () => {
    const folder = await folderWith(exampleReadings(1, 2));
    rmSync(join(folder, 'manifest.json'));
    await expect(openStore(folder, { write: true })).rejects.toThrow(
      /holds 1 parts and no manifest\.json\. Expected both/,
    );
  });

  test('openStore: a failed opening gives the lock back', async () => {
    const folder = await folderWith(exampleReadings(1, 2));
    writeFileSync(join(folder, 'manifest.json'), '{');
    await expect(openStore(folder, { write: true })).rejects.toThrow(/manifest\.json is not valid JSON/);
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'readings']);
  });

  test('openStore: a file where the folder should be', async () => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, '');
    await expect(openStore(path, { write: true })).rejects.toThrow(
      /^Opening a run folder for writing: .* cannot be written \(/,
    );
  });
});
