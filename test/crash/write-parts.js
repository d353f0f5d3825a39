// Writes a small run part by part, and goes on where an earlier start was killed.
// node write-parts.js FOLDER PARTS ROWS [careless]
//   careless: notes a part as done before it is written, the mistake that the kill tests must notice
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const { keyOf, openStore, STORE_CONTRACT } = await import('../../lib/dist/runs/store/index.js');

const [folder, partsText, rowsText, mode] = process.argv.slice(2);
const parts = Number(partsText);
const rows = Number(rowsText);

const store = await openStore(folder, { write: true });
if (store.manifest === null) {
  await store.writeManifest(manifestOf('running'));
}
const notes = join(folder, 'notes.txt');
const noted = mode === 'careless' && existsSync(notes) ? readFileSync(notes, 'utf8').split('\n') : [];
for (let part = 0; part < parts; part += 1) {
  const readings = Array.from({ length: rows }, (_, row) => readingOf(part * rows + row)).filter(
    (reading) => !store.keys.has(keyOf(reading)),
  );
  if (readings.length === 0 || noted.includes(String(part))) {
    continue;
  }
  if (mode === 'careless') {
    appendFileSync(notes, `${part}\n`);
  }
  // Stands for the model's work.
  await pause(15);
  await store.writePart(store.nextPart, readings);
}
await store.writeManifest({ ...store.manifest, status: 'complete', finishedAt: new Date().toISOString() });
await store.close();

function readingOf(index) {
  const logProbs = [1, 2, 3].map((option) => -Math.log(1 + ((index * option * 7919) % 1013)));
  return {
    model: 'mini',
    variable: `Q${index + 1}`,
    country: index % 5 === 0 ? null : 'NLD',
    template: 'default',
    order: index % 2 === 0 ? 'given' : 'reversed',
    format: 'plain',
    readingKind: 'letter',
    promptHash: sha256(`prompt ${index}`),
    tokenIdsHash: sha256(`ids ${index}`),
    tokenCount: 40 + (index % 9),
    status: 'scored',
    reason: null,
    optionCodes: [1, 2, 3],
    optionTokenIds: [11, 12, 13],
    optionLogProbs: logProbs,
    optionProbabilities: logProbs.map((logProb) => Math.exp(logProb) / 3),
    optionMass: Math.exp(logProbs[0]),
    meanScore: index % 4 === 0 ? null : Math.sin(index),
    topTokens: [{ tokenId: 11, text: ' A', logProb: logProbs[0] }],
    optionTokenCounts: null,
  };
}

function manifestOf(status) {
  return {
    contract: STORE_CONTRACT,
    status,
    study: 'kill-test',
    model: {
      name: 'mini',
      engine: 'replay',
      dtype: 'float32',
      provider: 'none',
      vocabularySize: 100,
      selfTest: null,
      identity: 'none',
    },
    settings: {
      templates: ['default'],
      orders: ['given', 'reversed'],
      formats: ['plain'],
      countries: [null, 'NLD'],
      items: [],
      readingKinds: ['letter'],
      chat: { date: '2024-07-01', system: null },
      topTokens: 1,
    },
    plan: { kind: 'single-prompts', reason: 'a test', units: [], cost: null },
    promptsHash: sha256(''),
    promptCount: parts * rows,
    versions: { node: process.version },
    identity: 'kill-test',
    startedAt: new Date().toISOString(),
    finishedAt: null,
  };
}
