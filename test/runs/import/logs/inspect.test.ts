import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../../../lib/files/data-folder.js';
import { exportInspect } from '../../../../lib/runs/export/inspect/export-inspect.js';
import { importLog } from '../../../../lib/runs/import/logs/import-log.js';
import { inspectLog } from '../../../../lib/runs/import/logs/inspect-log.js';
import { runStudy } from '../../../../lib/runs/run-study.js';
import { keyOf, readManifest, readReadings } from '../../../../lib/runs/store/index.js';
import { makeStudy } from '../../../../lib/runs/study.js';
import type { Reading } from '../../../../lib/types.js';
import { newFolder, runSmall } from '../../../support/small-run.js';

const NAME = 'mini-6k';
const LOG = projectPath('test', 'fixtures', 'inspect', 'log.json');

// biome-ignore lint/suspicious/noExplicitAny: a log is changed here in ways that no type allows
const changed = (change: (log: any) => void): string => {
  const log = JSON.parse(readFileSync(LOG, 'utf8'));
  change(log);
  const path = join(newFolder(), 'log.json');
  writeFileSync(path, JSON.stringify(log));
  return path;
};

async function readingsOf(path: string): Promise<{ readings: Reading[]; run: string }> {
  const { study, openSource } = await importLog({ log: await inspectLog(path), name: NAME });
  const { folder } = await runStudy({
    ...{ study, openSource, runsFolder: newFolder(), onProgress: () => {}, onMessage: () => {} },
    ...{ signal: new AbortController().signal, command: 'a test' },
  });
  const run = join(folder, NAME);
  return { readings: await readReadings(run), run };
}

const importing = async (path: string): Promise<unknown> =>
  importLog({ log: await inspectLog(path), name: NAME });

describe('a log of inspect_ai', () => {
  it('has the log-probabilities that the model has here, its chat template being the same', async () => {
    const { readings, run } = await readingsOf(LOG);
    const settings = { items: ['Q1', 'Q57'], countries: ['DEU', 'JPN'], formats: ['chat' as const] };
    const { folder } = await runSmall({ name: NAME, folder: `data/models/mini/${NAME}` }, { settings });
    const own = new Map((await readReadings(join(folder, NAME))).map((reading) => [keyOf(reading), reading]));
    expect(readings.map(({ status }) => status)).toEqual(Array(8).fill('scored'));
    for (const reading of readings) {
      const expected = own.get(keyOf(reading));
      for (const [place, value] of reading.optionLogProbs.entries()) {
        expect(Math.abs(value - (expected?.optionLogProbs[place] ?? Number.NaN))).toBeLessThan(1e-3);
      }
      expect(Math.abs((reading.optionMass ?? 0) - (expected?.optionMass ?? Number.NaN))).toBeLessThan(1e-3);
      // The text of the user turn alone is known.
      expect(reading.promptHash).not.toBe(expected?.promptHash);
    }
    expect(readManifest(run)).toMatchObject({
      model: { engine: 'imported', dtype: 'unknown' },
      origin: { kind: 'log', tool: 'inspect', versions: { inspect: '0.3.285' }, model: 'hf/local' },
    });
  });

  it('leaves a prompt unscored where an option is beyond the tokens that are logged', async () => {
    const path = changed((log) => {
      const [position] = log.samples[0].output.choices[0].logprobs.content;
      position.top_logprobs = position.top_logprobs.filter(({ token }: { token: string }) => token !== 'D');
    });
    const { readings } = await readingsOf(path);
    const unscored = readings.filter(({ status }) => status === 'unscored');
    expect(unscored.map(({ reason }) => reason)).toEqual([
      'an option is not among the 19 most probable tokens of the imported log',
    ]);
    expect(unscored[0]?.optionLogProbs).toEqual([]);
  });

  it('leaves a prompt unscored where an option has no probability at all', async () => {
    const path = changed((log) => {
      const [position] = log.samples[0].output.choices[0].logprobs.content;
      const option = position.top_logprobs.find(({ token }: { token: string }) => token === 'B');
      option.logprob = '-inf';
    });
    const unscored = (await readingsOf(path)).readings.filter(({ status }) => status === 'unscored');
    expect(unscored.map(({ reason }) => reason)).toEqual([
      'the model gives option "B" no probability at all',
    ]);
  });

  it('leaves a prompt unscored that ended in an error, whatever is left of its conversation', async () => {
    const path = changed((log) => {
      log.samples[0].error = { message: 'the provider gave up' };
      log.samples[0].messages = [];
    });
    const unscored = (await readingsOf(path)).readings.filter(({ status }) => status === 'unscored');
    expect(unscored.map(({ reason }) => reason)).toEqual(['the imported log has an error for this prompt']);
  });

  it('is refused where a prompt was asked otherwise, twice or without alternatives, or a number is none', async () => {
    const system = { role: 'system', content: 'You are helpful.' };
    await expect(importing(changed((log) => log.samples[2].messages.unshift(system)))).rejects.toThrow(
      /sample 3: .* 2 messages before the answer \(system, user\)/,
    );
    await expect(
      importing(changed((log) => (log.samples[1].messages[0].content += ' Please.'))),
    ).rejects.toThrow(/sample 2: .* with other words/);
    await expect(importing(changed((log) => log.samples.push(log.samples[0])))).rejects.toThrow(
      /sample 9: .* second time.*--epochs 1/,
    );
    await expect(
      importing(changed((log) => delete log.samples[0].output.choices[0].logprobs)),
    ).rejects.toThrow(/sample 1: .* has no top_logprobs/);
    await expect(
      importing(
        changed(
          (log) => (log.samples[0].output.choices[0].logprobs.content[0].top_logprobs[0].logprob = null),
        ),
      ),
    ).rejects.toThrow(/sample 1: .*option A: found null/);
    await expect(importing(changed((log) => delete log.eval.metadata.culture_lens))).rejects.toThrow(
      /was not exported by this version/,
    );
    const cut = join(newFolder(), 'log.json');
    writeFileSync(cut, readFileSync(LOG, 'utf8').slice(0, 5000));
    await expect(importing(cut)).rejects.toThrow(/is not valid JSON/);
  });
});

describe('a task folder for inspect_ai', () => {
  const studyOf = (settings: object) =>
    makeStudy({
      id: 'two',
      title: 'Two',
      models: [{ name: 'any', folder: '.' }],
      settings: { items: ['Q57'], countries: ['DEU'], ...settings },
    });

  it('holds the user turns, and what an import needs', async () => {
    const out = join(newFolder(), 'task');
    expect(await exportInspect({ study: studyOf({}), out })).toEqual({ folder: out, documents: 2 });
    const [first] = readFileSync(join(out, 'documents.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      id: '["Q57","DEU","people-answer","given","chat","letter"]',
    });
    expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain('doi:10.14281/18241.24');
  });

  it('has no answer texts and no system turn', async () => {
    const out = join(newFolder(), 'task');
    await expect(exportInspect({ study: studyOf({ readings: ['answer-text'] }), out })).rejects.toThrow(
      /readings of answer-text cannot be asked for/,
    );
    const chat = { date: '2024-07-01', system: 'Hello.' };
    await expect(exportInspect({ study: studyOf({ formats: ['chat'], chat }), out })).rejects.toThrow(
      /a system turn cannot be asked for/,
    );
  });
});
