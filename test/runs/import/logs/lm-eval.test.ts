import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { importLog } from '../../../../lib/runs/import/logs/import-log.js';
import { NOT_IN_LOG } from '../../../../lib/runs/import/logs/imported-model.js';
import { lmEvalLog } from '../../../../lib/runs/import/logs/lm-eval-log.js';
import { loadAnswers } from '../../../../lib/runs/load-answers.js';
import { recordRuns } from '../../../../lib/runs/recorded/record-runs.js';
import { runStudy, type StudyOutcome } from '../../../../lib/runs/run-study.js';
import { keyOf, readManifest, readReadings } from '../../../../lib/runs/store/index.js';
import { loadSurvey } from '../../../../lib/runs/survey.js';
import type { Reading } from '../../../../lib/types.js';
import { newFolder, runSmall } from '../../../support/small-run.js';
import { logOf, RESULTS, SAMPLES, sampleLines } from './fixture.js';

const NAME = 'mini-6k';

async function runOf(
  samples: string,
  runsFolder = newFolder(),
): Promise<{ outcome: StudyOutcome; run: string; found: number; expected: number }> {
  const { study, openSource, found, expected } = await importLog({
    log: await lmEvalLog({ samples, results: RESULTS }),
    name: NAME,
  });
  const outcome = await runStudy({
    ...{ study, openSource, runsFolder, onProgress: () => {}, onMessage: () => {} },
    ...{ signal: new AbortController().signal, command: 'a test' },
  });
  return { outcome, run: join(outcome.folder, NAME), found, expected };
}

const importing = async (lines: readonly unknown[]): Promise<unknown> =>
  importLog({ log: await lmEvalLog({ samples: logOf(lines), results: RESULTS }), name: NAME });

describe('a log of lm-evaluation-harness', () => {
  let imported: Awaited<ReturnType<typeof runOf>>;
  let readings: Reading[];
  let own: Map<string, Reading>;
  beforeAll(async () => {
    imported = await runOf(SAMPLES);
    readings = await readReadings(imported.run);
    const { folder } = await runSmall(
      { name: NAME, folder: `data/models/mini/${NAME}` },
      {
        settings: {
          ...{ items: ['Q1', 'Q57'], countries: ['DEU', 'JPN'] },
          ...{ formats: ['plain', 'chat'], readings: ['letter', 'answer-text'] },
        },
      },
    );
    own = new Map((await readReadings(join(folder, NAME))).map((reading) => [keyOf(reading), reading]));
  }, 60_000);

  it('has the log-probabilities and the option mass that the model has here, plain and chat, letters and answer texts', () => {
    expect(readings).toHaveLength(own.size);
    for (const reading of readings) {
      const expected = own.get(keyOf(reading));
      expect(reading.promptHash).toBe(expected?.promptHash);
      expect(reading.optionCodes).toEqual(expected?.optionCodes);
      for (const [place, value] of reading.optionLogProbs.entries()) {
        expect(Math.abs(value - (expected?.optionLogProbs[place] ?? Number.NaN))).toBeLessThan(1e-3);
      }
      if (reading.readingKind === 'letter') {
        expect(
          Math.abs((reading.optionMass ?? Number.NaN) - (expected?.optionMass ?? Number.NaN)),
        ).toBeLessThan(1e-3);
      } else {
        expect(reading.optionMass).toBeNull();
      }
    }
  });

  it('becomes a complete run that names where it comes from', () => {
    expect(imported).toMatchObject({ found: 32, expected: 32 });
    const { status, model, origin } = readManifest(imported.run);
    expect(status).toBe('complete');
    expect(model).toMatchObject({
      name: NAME,
      engine: 'imported',
      provider: 'none',
      dtype: 'float32',
      vocabularySize: 0,
    });
    expect(origin).toMatchObject({
      kind: 'log',
      tool: 'lm-eval',
      versions: { 'lm-eval': '0.4.13' },
      model: 'hf',
      arguments: '{"pretrained":"mini-6k","dtype":"float32"}',
      file: basename(SAMPLES),
      sha256: model.identity,
    });
    expect(
      readings.every(
        ({ topTokens, optionTokenIds, tokenCount }) =>
          topTokens.length + optionTokenIds.length + tokenCount === 0,
      ),
    ).toBe(true);
  });

  it('is scored, summarised and loaded like any other run, and asked for nothing again', async () => {
    const rows = imported.outcome.summary.rows.filter(({ kind }) => kind === 'model');
    expect(rows.map(({ format, reading }) => `${format} ${reading}`)).toEqual([
      ...['plain letter', 'plain answer-text', 'chat letter', 'chat answer-text'],
    ]);
    expect(rows.every(({ agreement }) => agreement.modelCells.unscored === 0)).toBe(true);
    const { cells } = await loadAnswers(imported.run, { survey: loadSurvey() });
    expect(cells.map(({ status }) => status)).toEqual(Array(4).fill('scored'));
    const again = await runOf(SAMPLES, join(imported.outcome.folder, '..'));
    expect(again.outcome.summary.rows).toEqual(imported.outcome.summary.rows);
  });

  it('cannot be passed on as a recording of the model', async () => {
    await expect(
      recordRuns({ runs: [imported.run], out: join(newFolder(), 'x'), tokenizer: null, seed: 1 }),
    ).rejects.toThrow(/was imported from the log of another program/);
  });

  it('that lacks prompts leaves them unscored, with the reason', async () => {
    const { run, found, expected } = await runOf(logOf(sampleLines().slice(0, 30)));
    expect([found, expected]).toEqual([30, 32]);
    const unscored = (await readReadings(run)).filter(({ status }) => status === 'unscored');
    expect(unscored.map(({ reason }) => reason)).toEqual([NOT_IN_LOG, NOT_IN_LOG]);
  });

  it('that has an option without any probability leaves that reading unscored, as a model asked here does', async () => {
    const lines = sampleLines();
    const ofText = lines.findIndex(({ doc }) => doc.reading === 'answer-text');
    lines[1].filtered_resps[2][0] = '-inf';
    lines[ofText].filtered_resps[0][0] = '-Infinity';
    const { run } = await runOf(logOf(lines));
    const unscored = (await readReadings(run)).filter(({ status }) => status === 'unscored');
    expect(new Set(unscored.map(({ reason }) => reason))).toEqual(
      new Set([
        'the model gives option " C" no probability at all',
        `the model gives answer text ${JSON.stringify(lines[ofText].doc.labels[0])} no probability at all`,
      ]),
    );
    expect(unscored).toHaveLength(2);
  });

  it('finds the results beside the samples, and says where they should be', async () => {
    expect((await lmEvalLog({ samples: SAMPLES })).dtype).toBe('float32');
    const lonely = join(newFolder(), basename(SAMPLES));
    copyFileSync(SAMPLES, lonely);
    await expect(lmEvalLog({ samples: lonely })).rejects.toThrow(/results_2026-.*json is missing.*--results/);
    await expect(lmEvalLog({ samples: logOf(sampleLines()) })).rejects.toThrow(
      /the name does not tell the file of its results/,
    );
    await expect(lmEvalLog({ samples: join(newFolder(), 'none.jsonl') })).rejects.toThrow(
      /none\.jsonl is not there/,
    );
  });
});

describe('a log that is not what it should be is refused, and no run is begun', () => {
  it('when its last line is cut', async () => {
    const lines = sampleLines().map((line) => JSON.stringify(line));
    lines.push((lines.pop() ?? '').slice(0, 100));
    await expect(importing(lines)).rejects.toThrow(/samples\.jsonl line 32 is not valid JSON/);
  });

  it('when it is empty', async () => {
    await expect(importing([])).rejects.toThrow(/holds no sample/);
  });

  it('when a prompt was sent with other words, whatever its document says', async () => {
    const lines = sampleLines();
    for (const sent of Object.values<{ arg_0: string }>(lines[4].arguments)) {
      sent.arg_0 = `You are helpful.\n${sent.arg_0}`;
    }
    await expect(importing(lines)).rejects.toThrow(
      /line 5: for .* the harness sent another prompt than the task's.*--system_instruction/,
    );
  });

  it('when an answer had other words', async () => {
    const lines = sampleLines();
    lines[0].arguments.gen_args_1.arg_1 = 'B';
    await expect(importing(lines)).rejects.toThrow(/line 1: for .* the harness sent another answer/);
  });

  it('when an option has no answer', async () => {
    const lines = sampleLines();
    lines[2].filtered_resps.pop();
    await expect(importing(lines)).rejects.toThrow(
      /line 3: .* has 3 answers to 4 requests\. Expected 4 of both/,
    );
  });

  it.each(['nan', 'inf', 'Infinity', 'NaN', '', '0.5'])('when a log-probability is %j', async (value) => {
    const lines = sampleLines();
    lines[1].filtered_resps[2][0] = value;
    await expect(importing(lines)).rejects.toThrow(/line 2: .*choice 3: found .* Expected a log-probability/);
  });

  it('when probabilities of letters sum to more than 1', async () => {
    const lines = sampleLines();
    lines[0].filtered_resps = lines[0].filtered_resps.map(() => ['-0.1', 'False']);
    await expect(importing(lines)).rejects.toThrow(/line 1: .* sum to 3\.6.* Expected at most 1/);
  });

  it('when a prompt is there twice', async () => {
    const lines = sampleLines();
    await expect(importing([...lines, lines[7]])).rejects.toThrow(/line 33: .* is there a second time/);
  });

  it('when a prompt is none of the task', async () => {
    const lines = sampleLines();
    lines[0].doc.country = 'KEN';
    await expect(importing(lines)).rejects.toThrow(/line 1: .*"KEN".* is no prompt of the task/);
  });

  it('when it was made under another item bank, of another task or another version', async () => {
    const changed = (from: string | RegExp, to: string): string => {
      const path = join(newFolder(), 'results.json');
      writeFileSync(path, readFileSync(RESULTS, 'utf8').replace(from, to));
      return path;
    };
    const withResults = async (results: string): Promise<unknown> =>
      importLog({ log: await lmEvalLog({ samples: SAMPLES, results }), name: NAME });
    await expect(withResults(changed(/"sha256": "[0-9a-f]{4}/, '"sha256": "0000'))).rejects.toThrow(
      /exported under other items, templates or countries/,
    );
    await expect(withResults(changed('"culture_lens": {', '"other": {'))).rejects.toThrow(
      /none of them was exported by culture-lens/,
    );
    await expect(withResults(changed('"contract": 1', '"contract": 7'))).rejects.toThrow(
      /another version of culture-lens \(contract/,
    );
  });

  it('when another log was imported under the same names', async () => {
    const { outcome } = await runOf(SAMPLES);
    const runs = join(outcome.folder, '..');
    await expect(runOf(logOf(sampleLines().slice(1)), runs)).rejects.toThrow(
      /the model files changed since it began/,
    );
    expect(existsSync(join(outcome.folder, NAME, 'lock.json'))).toBe(false);
  });
});
