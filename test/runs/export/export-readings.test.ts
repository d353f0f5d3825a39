import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256OfFile } from '../../../lib/files/hash.js';
import { readCsvFile } from '../../../lib/files/read-csv.js';
import { exportReadings } from '../../../lib/runs/export/export-readings.js';
import { loadQuestionnaire } from '../../../lib/runs/questionnaire.js';
import { recordRuns } from '../../../lib/runs/recorded/record-runs.js';
import type { StudyOutcome } from '../../../lib/runs/run-study.js';
import { openDuckDb, quoted, readReadings } from '../../../lib/runs/store/index.js';
import { scoredAnswers } from '../../../lib/runs/summary/scored-answers.js';
import { fakeSource } from '../../support/fake-source.js';
import { newFolder, runSmall } from '../../support/small-run.js';
import { expectHeadline } from './headline.js';

const MODEL = { name: 'mini-6k', folder: 'data/models/mini/mini-6k' };
const SETTINGS = {
  items: 'sample-24',
  // With Western and other countries, and one whose people answered few of the items.
  countries: ['DEU', 'USA', 'AUS', 'JPN', 'KEN', 'BRA', 'EGY', 'UZB'],
  templates: ['people-answer', 'no-country'],
  join: 'probabilities' as const,
  weights: 'unweighted' as const,
};

let study: StudyOutcome;
let run: string;
const exported = (name: string): string => join(newFolder(), name);

beforeAll(async () => {
  study = await runSmall(MODEL, { settings: SETTINGS });
  run = join(study.folder, MODEL.name);
}, 60_000);

/** All rows of an exported Parquet file, as records. */
async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
  const { connection, close } = await openDuckDb();
  const result = await connection.run(`SELECT * FROM read_parquet(${quoted(path)})`);
  const rows = await result.getRowObjectsJS();
  close();
  return rows as Record<string, unknown>[];
}

describe('a table of cells', () => {
  it('gives the headline table of the summary, whose choices it takes over', async () => {
    const out = exported('cells.csv');
    const { dictionary } = await exportReadings({ folder: study.folder, out });
    expect(dictionary.models[0]?.choices).toEqual({
      ...{ join: 'probabilities', weights: 'unweighted', human: null, suspectCells: 'keep' },
    });
    expectHeadline('python3', 'headline.py', out, study.summary);
  });

  it('holds the very numbers of the library, and every cell once', async () => {
    const out = exported('cells.parquet');
    await exportReadings({ folder: run, out });
    const rows = await parquetRows(out);
    const { settings } = study.summary;
    const questionnaire = loadQuestionnaire(settings);
    const answers = scoredAnswers(MODEL.name, await readReadings(run), questionnaire, settings);
    const expected = answers.flatMap(({ template, cells }) =>
      cells.map((cell) => [
        template,
        cell.variable,
        cell.country,
        cell.status,
        cell.meanScore,
        cell.optionMass,
        cell.orderGap,
      ]),
    );
    const found = rows.map((row) =>
      ['template', 'variable', 'country', 'status', 'model_mean_score', 'option_mass', 'order_gap'].map(
        (name) => row[name],
      ),
    );
    expect(found).toHaveLength(2 * 24 * 8);
    const sorted = (list: readonly unknown[][]): string[] =>
      list.map((one) => JSON.stringify(one)).toSorted();
    expect(sorted(found)).toEqual(sorted(expected));
    expect(
      rows
        .filter(({ template }) => template === 'no-country')
        .every(({ country_named }) => country_named === false),
    ).toBe(true);
    expect(rows.some(({ human_mean_score: human, country }) => human === null && country === 'UZB')).toBe(
      true,
    );
  });

  it('is the same in CSV as in Parquet', async () => {
    const [csv, parquet] = [exported('cells.csv'), exported('cells.parquet')];
    await exportReadings({ folder: run, out: csv });
    await exportReadings({ folder: run, out: parquet });
    const rows = await parquetRows(parquet);
    const text = (value: unknown): string =>
      value === null ? '' : typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
    const columns = Object.keys(rows[0] ?? {});
    const lines = readCsvFile(csv, columns, 'the table').map(({ values }) => values);
    const numbers = new Set(['model_mean_score', 'option_mass', 'order_gap', 'human_mean_score']);
    for (const [place, row] of rows.entries()) {
      for (const column of columns) {
        const found = lines[place]?.[column] ?? 'no field';
        if (numbers.has(column) && found !== '') {
          expect(Number(found)).toBe(row[column]);
        } else {
          expect(found).toBe(text(row[column]));
        }
      }
    }
  });

  it('of a recording has the scores of the run that was recorded', async () => {
    const recording = join(newFolder(), 'recorded');
    await recordRuns({ runs: [run], out: recording, tokenizer: null, seed: 1 });
    const [ofRun, ofRecording] = [exported('run.parquet'), exported('recording.parquet')];
    await exportReadings({ folder: run, out: ofRun });
    await exportReadings({
      folder: recording,
      out: ofRecording,
      join: 'probabilities',
      weights: 'unweighted',
    });
    const scores = async (path: string): Promise<Map<string, unknown>> =>
      new Map(
        (await parquetRows(path))
          .filter(({ country_named }) => country_named === true)
          .map((row) => [`${row.template} ${row.variable} ${row.country}`, row.model_mean_score]),
      );
    const [one, other] = [await scores(ofRun), await scores(ofRecording)];
    expect(other.size).toBe(one.size);
    for (const [key, score] of one) {
      expect(other.get(key)).toBeCloseTo(Number(score), 5);
    }
  });

  it('leaves suspect cells of people out where the study or the command does, and says so', async () => {
    const recording = 'data/readings/mini/mini-6k';
    for (const suspectCells of ['keep', 'leave-out'] as const) {
      const out = exported(`${suspectCells}.parquet`);
      await exportReadings({ folder: recording, out, suspectCells });
      const cell = (await parquetRows(out)).find(
        ({ country, variable }) => country === 'IRQ' && variable === 'Q106',
      );
      expect(cell?.human_suspect).toMatch(/battery Q106-Q110 lies at an extreme/);
      expect(cell?.human_mean_score === null).toBe(suspectCells === 'leave-out');
    }
  });

  it('says what was not read, with the words of the summary', async () => {
    const parts = await runSmall(
      { name: 'half', folder: 'none' },
      {
        settings: { items: ['Q57', 'Q164'], countries: ['DEU', 'JPN'] },
        openSource: () =>
          fakeSource({
            name: 'half',
            answer: ({ prompt }) =>
              prompt.country === 'JPN'
                ? { kind: 'unreadable', reason: 'made unreadable' }
                : {
                    kind: 'read',
                    optionLogProbs: prompt.options.map((_, place) => -1 - place),
                    optionLogMass: -0.1,
                    topTokens: [],
                  },
          }),
      },
    );
    const out = exported('half.parquet');
    await exportReadings({ folder: parts.folder, out });
    const reasons = (await parquetRows(out)).map(
      ({ country, status, reason }) => `${country} ${status} ${reason}`,
    );
    expect(reasons.toSorted()).toEqual([
      ...[
        'DEU scored null',
        'DEU scored null',
        'JPN unscored made unreadable',
        'JPN unscored made unreadable',
      ],
    ]);
    const options = exported('half-options.parquet');
    await exportReadings({ folder: parts.folder, out: options, rows: 'options' });
    const japan = (await parquetRows(options)).filter(({ country }) => country === 'JPN');
    // Two items in two orders, one row each.
    expect(japan.map(({ place, log_prob }) => [place, log_prob])).toEqual(Array(4).fill([null, null]));
  });
});

describe('a table of options', () => {
  it('holds every option of every reading', async () => {
    const out = exported('options.parquet');
    await exportReadings({ folder: run, out, rows: 'options' });
    const rows = await parquetRows(out);
    const readings = await readReadings(run);
    expect(rows).toHaveLength(readings.reduce((sum, { optionCodes }) => sum + optionCodes.length, 0));
    const key = (one: { [name: string]: unknown }): string =>
      `${one.template} ${one.variable} ${one.country} ${one.order}`;
    for (const reading of readings) {
      const own = rows.filter((row) => key(row) === key({ ...reading }));
      expect(own.map(({ code }) => code)).toEqual(reading.optionCodes);
      expect(own.map(({ log_prob }) => log_prob)).toEqual(reading.optionLogProbs);
      expect(own.map(({ probability }) => probability)).toEqual(reading.optionProbabilities);
      if (reading.meanScore !== null) {
        const mean = own.reduce(
          (sum, { probability, score }) => sum + Number(probability) * Number(score),
          0,
        );
        expect(mean).toBeCloseTo(reading.meanScore, 12);
      }
    }
  });
});

describe('the data dictionary', () => {
  it('describes every column, the file and where its numbers come from', async () => {
    const out = exported('cells.csv');
    const { dictionaryPath, dictionary } = await exportReadings({ folder: study.folder, out });
    const header = readFileSync(out, 'utf8').split('\n')[0]?.split(',');
    expect(dictionary.columns.map(({ name }) => name)).toEqual(header);
    expect(dictionary.columns.every(({ meaning, type }) => meaning !== '' && type !== undefined)).toBe(true);
    expect(dictionary.table).toMatchObject({
      file: 'cells.csv',
      rows: 2 * 24 * 8,
      sha256: await sha256OfFile(out),
    });
    const [model] = dictionary.models;
    expect(model?.people.citation).toContain('doi:10.14281/18241.24');
    expect(model?.people.terms).toContain('non-profit');
    expect(JSON.stringify(model?.manifest)).toMatch(/"identity":"[0-9a-f]{64}"/);
    expect(model?.manifest.plan).toBeUndefined();
    expect(JSON.parse(readFileSync(dictionaryPath, 'utf8'))).toEqual(JSON.parse(JSON.stringify(dictionary)));
  });
});

describe('an export', () => {
  it('of a run that has not ended is refused with the number that is missing, and made with --partial', async () => {
    const { folder } = await runSmall(MODEL, {
      settings: { items: ['Q57', 'Q164'], countries: ['DEU', 'JPN'] },
    });
    const readings = join(folder, MODEL.name, 'readings');
    // Eight prompts in one part: without it nothing was read.
    for (const part of readdirSync(readings)) {
      rmSync(join(readings, part));
    }
    const out = exported('cells.parquet');
    await expect(exportReadings({ folder, out })).rejects.toThrow(
      /has not ended \(mini-6k lacks 8 readings\).*--partial/,
    );
    const { dictionary } = await exportReadings({ folder, out, partial: true });
    expect(dictionary.models[0]?.missingReadings).toBe(8);
    const rows = await parquetRows(out);
    expect(rows.map(({ status, reason }) => `${status}: ${reason}`)).toEqual(
      Array(4).fill('unscored: no reading'),
    );
  });

  it('says what is wrong with its folder or its file, and writes nothing', async () => {
    const folder = newFolder();
    const out = join(folder, 'cells.csv');
    await expect(exportReadings({ folder: join(folder, 'nowhere'), out })).rejects.toThrow(
      /nowhere is not there/,
    );
    await expect(exportReadings({ folder, out })).rejects.toThrow(/holds no run .* and no recording/);
    await expect(exportReadings({ folder: run, out: join(folder, 'cells.xlsx') })).rejects.toThrow(
      /does not end in \.parquet or \.csv/,
    );
    expect(readdirSync(folder)).toEqual([]);
    mkdirSync(`${out}.dictionary.json`);
    await expect(exportReadings({ folder: run, out })).rejects.toThrow(
      /cells\.csv\.dictionary\.json, the data dictionary, is a folder/,
    );
    expect(existsSync(out)).toBe(false);
    mkdirSync(out);
    await expect(exportReadings({ folder: run, out })).rejects.toThrow(
      /is a folder\. Expected the name of a file/,
    );
  });

  it('replaces a file only when told to', async () => {
    const out = exported('cells.csv');
    writeFileSync(out, 'mine');
    await expect(exportReadings({ folder: run, out })).rejects.toThrow(/exists\. .*--replace/);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    await exportReadings({ folder: run, out, replace: true });
    expect(readFileSync(out, 'utf8')).toMatch(/^model,template,/);
  });

  it('leaves nothing behind when a model cannot be read', async () => {
    const recording = join(newFolder(), 'recorded');
    await recordRuns({ runs: [run], out: recording, tokenizer: null, seed: 1 });
    writeFileSync(join(recording, 'readings.parquet'), 'cut');
    const out = exported('cells.parquet');
    await expect(exportReadings({ folder: recording, out })).rejects.toThrow(/has the SHA-256/);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(join(out, '..')).filter((name) => name.includes(basename(out)))).toEqual([]);
  });
});
