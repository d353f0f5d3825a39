import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { sha256OfFile } from '../../../lib/files/hash.js';
import type { RecordedReading } from '../../../lib/inference/replay.js';
import { openRecordedReadings, recordedSource } from '../../../lib/runs/recorded/recorded-source.js';
import {
  MANIFEST_FILE,
  RECORDED_READINGS_FILE,
  type RecordingDraft,
  readRecording,
  writeRecording,
} from '../../../lib/runs/store/index.js';
import { RECORDED_COLUMNS } from '../../../lib/runs/store/recorded/columns.js';
import { newFolder } from '../../support/small-run.js';

const scored: RecordedReading = {
  variable: 'Q1',
  country: 'NLD',
  template: 't',
  order: 'given',
  format: 'plain',
  readingKind: 'letter',
  promptHash: '00ab12cd',
  tokenCount: 80,
  status: 'scored',
  reason: null,
  optionCodes: [1, 2, 3],
  optionLogProbs: [-0.1, -1 / 3, -20.5].map(Math.fround),
  optionMass: Math.fround(0.93),
  topTokens: [{ tokenId: 5, text: '\n', logProb: -3.5 }],
};
const unscored: RecordedReading = {
  ...scored,
  country: null,
  status: 'unscored',
  reason: 'letters merge',
  optionCodes: [],
  optionLogProbs: [],
  optionMass: null,
  topTokens: [],
};

function draft(readings: readonly RecordedReading[] = [scored, unscored]): RecordingDraft {
  return {
    manifest: {
      contract: 1,
      scoringContract: 1,
      model: { name: 'm', dtype: 'float32', provider: 'cpu', vocabularySize: 10, identity: 'ab' },
      tokenizer: null,
      readings: { rows: readings.length, unscored: 1, withTopTokens: 1, seed: 1, step: null },
      runs: [{ contract: 2, study: 's', identity: 'cd' }],
    },
    readings,
  };
}

let folder: string;
const file = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = join(newFolder(), 'recording');
  await writeRecording(folder, draft());
});

/** Changes the manifest; values of the draft stay where nothing is said. */
function rewriteManifest(changes: Record<string, unknown>): void {
  const manifest = JSON.parse(readFileSync(file(MANIFEST_FILE), 'utf8')) as Record<string, unknown>;
  writeFileSync(file(MANIFEST_FILE), JSON.stringify({ ...manifest, ...changes }));
}

describe('a recording', () => {
  it('gives back every reading as it was written', async () => {
    const { readings, manifest } = await readRecording(folder);
    expect(readings).toEqual([scored, unscored]);
    expect(manifest.readings.sha256).toBe(await sha256OfFile(file(RECORDED_READINGS_FILE)));
  });

  it('has the columns that its documentation lists', () => {
    const text =
      readFileSync(projectPath('data', 'readings', 'README.md'), 'utf8').split('| column |')[1] ?? '';
    const documented = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
    expect(documented).toEqual(RECORDED_COLUMNS.map(({ name }) => name));
  });

  it('gives back many readings in their order', async () => {
    const many = Array.from({ length: 5000 }, (_, row) => ({ ...scored, tokenCount: row }));
    const out = join(newFolder(), 'many [1]');
    await writeRecording(out, draft(many));
    expect((await readRecording(out)).readings).toEqual(many);
  });

  it('is never written over, and leaves nothing half-written behind', async () => {
    const before = readFileSync(file(RECORDED_READINGS_FILE));
    await expect(writeRecording(folder, draft([scored]))).rejects.toThrow(
      `Recording runs: ${folder} exists. Expected a new folder`,
    );
    expect(readFileSync(file(RECORDED_READINGS_FILE)).equals(before)).toBe(true);
    expect(readdirSync(dirname(folder))).toEqual(['recording']);
    expect(readdirSync(folder).sort()).toEqual([MANIFEST_FILE, RECORDED_READINGS_FILE]);
  });

  it('is not there at all when it cannot be written whole', async () => {
    const out = join(newFolder(), 'recording');
    const broken = { ...draft(), manifest: { ...draft().manifest, tokenizer: '/an/absolute/path' } };
    await expect(writeRecording(out, broken)).rejects.toThrow('expected a path inside the project');
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(dirname(out))).toEqual([]);
  });
});

describe('a recording that cannot be used', () => {
  const open = () => openRecordedReadings(folder);

  it('without a manifest: says what should be there', async () => {
    rmSync(file(MANIFEST_FILE));
    await expect(open()).rejects.toThrow(`Opening recorded readings: ${folder} has no manifest.json`);
  });

  it('without readings', async () => {
    rmSync(file(RECORDED_READINGS_FILE));
    await expect(open()).rejects.toThrow(`${file(RECORDED_READINGS_FILE)} is missing`);
  });

  it('with one byte changed, or cut short', async () => {
    const bytes = readFileSync(file(RECORDED_READINGS_FILE));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(file(RECORDED_READINGS_FILE), bytes);
    await expect(open()).rejects.toThrow(/has the SHA-256 [0-9a-f]{64}, and manifest\.json says/);
    truncateSync(file(RECORDED_READINGS_FILE), 200);
    await expect(open()).rejects.toThrow('is damaged, cut short, or belongs to another recording');
  });

  it('with something else than such a table under the right hash', async () => {
    copyFileSync(file(MANIFEST_FILE), file(RECORDED_READINGS_FILE));
    const { readings } = draft().manifest;
    const sha256 = await sha256OfFile(file(RECORDED_READINGS_FILE));
    rewriteManifest({ readings: { ...readings, sha256 } });
    await expect(open()).rejects.toThrow(
      `Opening recorded readings: ${file(RECORDED_READINGS_FILE)} cannot be read (`,
    );
  });

  it('under another contract', async () => {
    rewriteManifest({ contract: 2, tokens: 'of a field that only version 2 knows' });
    await expect(open()).rejects.toThrow('was written under recording contract 2. Expected contract 1');
  });

  it('under another scoring contract', async () => {
    rewriteManifest({ scoringContract: 99 });
    await expect(open()).rejects.toThrow('says scoring contract 99. Expected 1');
  });

  it.each([
    ['model', { name: 'm' }, 'model.identity'],
    ['tokenizer', '../elsewhere', 'tokenizer: expected a path inside the project'],
    ['runs', [], 'runs: '],
    ['surprise', 1, 'Unrecognized key: "surprise"'],
  ])('with a wrong field %s: names it', async (field, value, message) => {
    rewriteManifest({ [field]: value });
    await expect(open()).rejects.toThrow(`${file(MANIFEST_FILE)} does not have the expected shape`);
    await expect(open()).rejects.toThrow(message);
  });

  it('whose tokenizer is gone: known before anything is opened', () => {
    rewriteManifest({ tokenizer: 'data/models/nowhere/tokenizer' });
    const source = () => recordedSource({ name: 'm', readings: folder }, sha256OfFile);
    expect(source).toThrow('names the tokenizer data/models/nowhere/tokenizer, and');
    expect(source).toThrow('has no tokenizer.json');
  });

  it('with one reading twice', async () => {
    folder = join(newFolder(), 'twice');
    await writeRecording(folder, draft([scored, scored]));
    await expect(open()).rejects.toThrow(
      'the reading ["Q1","NLD","t","given","plain"] is there more than once',
    );
  });
});

describe('the identity of a recording', () => {
  const identity = () => recordedSource({ name: 'm', readings: folder }, sha256OfFile).fileIdentity();

  it('changes with its readings, its manifest and its tokenizer', async () => {
    const before = await identity();
    expect(await identity()).toBe(before);
    const copy = join(newFolder(), 'copy');
    await writeRecording(copy, draft([scored]));
    rewriteManifest({ tokenizer: 'data/models/mini/mini-100k' });
    const withTokenizer = await identity();
    rewriteManifest({ tokenizer: 'data/models/mini/mini-600k' });
    const withAnother = await identity();
    folder = copy;
    expect(new Set([before, withTokenizer, withAnother, await identity()]).size).toBe(4);
  });
});
