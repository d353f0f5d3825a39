import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../lib/files/input-error.js';
import { openStore, readReadings } from '../../../lib/runs/store/index.js';
import type { Reading } from '../../../lib/types.js';
import { exampleManifest, exampleReading, exampleReadings } from './fixtures.js';
import { newStore, partPath, temporaryRuns } from './run-folders.js';

const { newFolder, folderWith } = temporaryRuns();

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
