import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ModelSource } from '../../lib/runs/models/model-source.js';
import { runStudy, type StudyRequest } from '../../lib/runs/run-study.js';
import { readManifest, readReadings } from '../../lib/runs/store/index.js';
import { makeStudy, type StudySettings } from '../../lib/runs/study.js';
import { loadHumanAnswers } from '../../lib/survey/human-answers.js';
import { loadItems } from '../../lib/survey/items.js';
import type { EncodedPrompt, LanguageModel, OptionReading } from '../../lib/types.js';
import { answerWith, type FakeLog, fakeSource } from '../support/fake-source.js';

const bank = loadItems();
// Unweighted: there shares and mean scores are of one kind in every cell.
const human = loadHumanAnswers(bank, { weights: 'unweighted' });

// Countries and items whose answer shares are all known and where nothing is volunteered.
const countries = ['DEU', 'KEN', 'BRA', 'THA'];
const items = ['Q1', 'Q29', 'Q57', 'Q164', 'Q182', 'Q199'];

/** Gives every option the share that people gave it: the perfect answer. */
function asPeopleDo({ prompt }: EncodedPrompt): OptionReading {
  const shares = human.answer(prompt.country ?? '', prompt.variable)?.shares ?? [];
  const share = (code: number): number => shares.find((one) => one.code === code)?.share ?? 0;
  // Half of the mass on the options; a share of nothing becomes a very small one, for its logarithm must exist.
  return answerWith(prompt.options.map(({ code }) => Math.max(share(code), 1e-12) / 2));
}

function request(
  parts: Partial<StudyRequest> & {
    readonly settings?: Partial<StudySettings>;
    readonly runsFolder?: string;
  } = {},
): StudyRequest {
  const { settings, ...rest } = parts;
  return {
    study: makeStudy({
      id: 'test',
      title: 'A test',
      models: [{ name: 'fake', folder: 'nowhere' }],
      settings: { items, countries, provider: 'cpu', weights: 'unweighted', ...settings },
    }),
    runsFolder: mkdtempSync(join(tmpdir(), 'runs-')),
    onProgress: () => {},
    onMessage: () => {},
    signal: new AbortController().signal,
    command: 'a test',
    openSource: () => fakeSource({ name: 'fake', answer: asPeopleDo, batch: 10 }),
    ...rest,
  };
}

describe('a study with a model that answers exactly as people do', () => {
  it('finds r = 1 in every country, deviation r = 1, its own people closest, and half of the mass on the options', async () => {
    const { summary, folder } = await runStudy(request());
    const [row, ...references] = summary.rows;
    // 4 countries x 6 items
    expect(row?.agreement.cells).toMatchObject({ expected: 24, used: 24, unscored: 0 });
    for (const { r, n } of row?.agreement.byCountry ?? []) {
      expect(r).toBeCloseTo(1, 9);
      expect(n).toBe(6);
    }
    expect(row?.agreement.overall.plainMean).toBeCloseTo(1, 9);
    // |r| is capped at .999 before Fisher's z, and the four caps are counted.
    expect(row?.agreement.overall).toMatchObject({ mean: expect.closeTo(0.999, 9), capped: 4, n: 4 });
    expect(row?.agreement.deviation.plainMean).toBeCloseTo(1, 9);
    expect(row?.ownCountry?.meanPercentile).toBe(1);
    expect(row?.agreement.optionMass.mean).toBeCloseTo(0.5, 9);
    // Both orders give the same answer, so nothing depends on the order.
    expect(row?.agreement.orderGap.mean).toBeCloseTo(0, 9);
    expect(references.map(({ kind }) => kind)).toEqual(references.map(() => 'reference'));
    expect(references.map(({ name }) => name)).toContain('item means');
    expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(summary)),
    );
  });

  it('stores every reading once, with its evidence, under a complete manifest', async () => {
    const { folder } = await runStudy(request());
    const run = join(folder, 'fake');
    const readings = await readReadings(run);
    // 6 items x 2 orders x 4 countries
    expect(new Set(readings.map((one) => [one.variable, one.country, one.order].join())).size).toBe(48);
    expect(readings).toHaveLength(48);
    const manifest = readManifest(run);
    expect(manifest).toMatchObject({
      status: 'complete',
      promptCount: 48,
      model: { name: 'fake', provider: 'cpu' },
    });
    // 48 prompts in runs of 10
    expect(manifest.plan.units).toHaveLength(5);
    expect(manifest.versions).toHaveProperty('node', process.version);
  });
});

describe('a model that answers the reverse of what people do', () => {
  it('finds r = -1 in every country', async () => {
    const flipped = (prompt: EncodedPrompt): OptionReading => {
      const reading = asPeopleDo(prompt);
      return reading.kind === 'read'
        ? { ...reading, optionLogProbs: [...reading.optionLogProbs].reverse() }
        : reading;
    };
    const openSource = () => fakeSource({ name: 'fake', answer: flipped });
    const { summary } = await runStudy(request({ openSource }));
    for (const { r } of summary.rows[0]?.agreement.byCountry ?? []) {
      expect(r).toBeCloseTo(-1, 9);
    }
  });
});

describe('a study that is to stop', () => {
  it('before its model is loaded does not load it', async () => {
    const log: FakeLog = { opened: 0, runs: 0 };
    const openSource = () => fakeSource({ name: 'fake', answer: asPeopleDo, log });
    const stopped = runStudy(request({ openSource, signal: AbortSignal.abort() }));
    await expect(stopped).rejects.toThrow('Stopped: 0 of 48 readings of fake are stored in');
    expect(log).toEqual({ opened: 0, runs: 0 });
  });

  it('while its model is being loaded plans and asks nothing, closes it, and is resumed as any other', async () => {
    const stop = new AbortController();
    const log: FakeLog = { opened: 0, runs: 0 };
    const seen = { planned: 0, closed: 0 };
    const openSource = (): ModelSource => {
      const source = fakeSource({ name: 'fake', answer: asPeopleDo, log });
      return {
        ...source,
        open: async (settings) => {
          const { model, ...opened } = await source.open(settings);
          // As a Ctrl-C that was waiting for loading to end.
          setImmediate(() => stop.abort());
          const watched: LanguageModel = {
            ...model,
            plan: (prompts) => {
              seen.planned += 1;
              return model.plan(prompts);
            },
            close: async () => {
              seen.closed += 1;
            },
          };
          return { ...opened, model: watched };
        },
      };
    };
    const first = request({ openSource, signal: stop.signal });
    await expect(runStudy(first)).rejects.toThrow('Stopped: 0 of 48 readings of fake are stored in');
    expect(log).toEqual({ opened: 1, runs: 0 });
    expect(seen).toEqual({ planned: 0, closed: 1 });
    const { summary } = await runStudy({ ...first, signal: new AbortController().signal });
    expect(summary.rows[0]?.agreement.cells).toMatchObject({ used: 24, unscored: 0 });
  });
});

describe('resuming', () => {
  it('asks only what is left, keeps the plan, and does not load the model when nothing is left', async () => {
    const stop = new AbortController();
    const log: FakeLog = { opened: 0, runs: 0 };
    const openSource = () => fakeSource({ name: 'fake', answer: asPeopleDo, batch: 10, log });
    const first = request({
      openSource,
      signal: stop.signal,
      onProgress: ({ label, done }) => {
        if (label === 'fake: prompts' && done >= 20) {
          stop.abort();
        }
      },
    });
    await expect(runStudy(first)).rejects.toThrow('Stopped: 20 of 48 readings of fake are stored in');
    expect(log).toEqual({ opened: 1, runs: 2 });

    const lines: string[] = [];
    const second = {
      ...first,
      signal: new AbortController().signal,
      onMessage: (line: string) => lines.push(line),
    };
    const resumed = await runStudy({ ...second, onProgress: () => {} });
    expect(log).toEqual({ opened: 2, runs: 5 });
    expect(lines).toEqual(['fake: 28 prompts asked, 20 were stored before.']);

    const again = await runStudy({ ...second, onProgress: () => {} });
    expect(log).toEqual({ opened: 2, runs: 5 });
    expect(lines[1]).toBe('fake: all 48 readings were stored before; the model was not loaded.');

    const whole = await runStudy(request({ openSource }));
    expect(again.summary.rows).toEqual(resumed.summary.rows);
    expect(again.summary.rows).toEqual(whole.summary.rows);
  });

  it.each([
    [
      'other prompts',
      { settings: { templates: ['persona'] } },
      'the prompts (templates were people-answer, now persona) changed',
    ],
    [
      'other model files',
      { openSource: () => fakeSource({ name: 'fake', answer: asPeopleDo, identity: 'e'.repeat(64) }) },
      'the model files changed',
    ],
  ] as const)('refuses to mix readings of %s', async (_, change, message) => {
    const first = request();
    await runStudy(first);
    const second = runStudy(request({ ...change, runsFolder: first.runsFolder }));
    await expect(second).rejects.toThrow(message);
    await expect(second).rejects.toThrow(
      'Use another study id (--study <id>) or model name, or delete that folder',
    );
  });

  it('refuses another provider than the run began on', async () => {
    const first = request();
    await runStudy(first);
    const second = runStudy(request({ runsFolder: first.runsFolder, settings: { provider: 'cuda' } }));
    await expect(second).rejects.toThrow('it began on cpu, and cuda is asked for');
  });
});

describe('a run folder', () => {
  it('is no pattern: brackets in its path read nobody else', async () => {
    const root = mkdtempSync(join(tmpdir(), 'runs-'));
    const settings = { countries: ['DEU'] };
    await runStudy(
      request({ runsFolder: join(root, 'runs1'), settings: { ...settings, items: ['Q1', 'Q57'] } }),
    );
    const { folder } = await runStudy(
      request({ runsFolder: join(root, 'runs[1]'), settings: { ...settings, items: ['Q164'] } }),
    );
    expect((await readReadings(join(folder, 'fake'))).map((one) => one.variable)).toEqual(['Q164', 'Q164']);
  });

  it('that holds readings of another run is refused', async () => {
    const [one, other] = [request(), request({ settings: { items: ['Q46', 'Q47', 'Q48'] } })];
    await runStudy(one);
    await runStudy(other);
    const readings = (from: StudyRequest): string => join(from.runsFolder, 'test', 'fake', 'readings');
    cpSync(join(readings(other), 'part-00000.parquet'), join(readings(one), 'part-00099.parquet'));
    await expect(runStudy(one)).rejects.toThrow(/\d+ of its readings belong to no prompt of this study/);
  });
});

describe('what cannot be scored', () => {
  it('is stored with its reason and counted in every figure that leaves it out', async () => {
    const openSource = () =>
      fakeSource({
        name: 'fake',
        answer: (prompt) =>
          prompt.prompt.variable === 'Q57' && prompt.prompt.order === 'given'
            ? { kind: 'unreadable', reason: 'the model returned NaN or infinite logits' }
            : asPeopleDo(prompt),
        unreadable: (prompt) =>
          prompt.variable === 'Q1' && prompt.country === 'KEN' ? 'letters merge' : null,
      });
    const { summary, folder } = await runStudy(request({ openSource }));
    const row = summary.rows[0]?.agreement;
    // Q57 in four countries (one order is enough to lose the cell) and Q1 in Kenya.
    expect(row?.modelCells.unscored).toBe(5);
    expect(row?.modelCells.unscoredByReason).toEqual([
      { reason: 'the model returned NaN or infinite logits', cells: 4 },
      { reason: 'letters merge', cells: 1 },
    ]);
    expect(row?.overall.cells).toMatchObject({ expected: 24, used: 19, unscored: 5 });
    const unscored = (await readReadings(join(folder, 'fake'))).filter((one) => one.status === 'unscored');
    // Q57 in the given order in four countries; Q1 in Kenya in both orders.
    expect(unscored).toHaveLength(6);
    expect(unscored.every((one) => one.meanScore === null && one.optionMass === null)).toBe(true);
  });
});

describe('the country-free wording', () => {
  it("sets one answer against every country's people", async () => {
    const likeGermany = (prompt: EncodedPrompt): OptionReading =>
      asPeopleDo({ ...prompt, prompt: { ...prompt.prompt, country: 'DEU' } });
    const openSource = () => fakeSource({ name: 'fake', answer: likeGermany });
    const { summary } = await runStudy(request({ openSource, settings: { templates: ['no-country'] } }));
    const byCountry = new Map(summary.rows[0]?.agreement.byCountry.map(({ id, r }) => [id, r]));
    expect(byCountry.get('DEU')).toBeCloseTo(1, 9);
    expect(byCountry.get('KEN')).toBeLessThan(0.99);
  });
});

describe('a study of several models', () => {
  it('meets a missing chat template of the last one before the first has been asked', async () => {
    const log: FakeLog = { opened: 0, runs: 0 };
    const chatTemplate = { source: '{{ messages[0].content }}', path: 'x', specialTokens: {} };
    const study = makeStudy({
      id: 'two',
      title: 'Two models',
      models: ['talks', 'fake'].map((name) => ({ name, folder: 'nowhere' })),
      settings: { items, countries, provider: 'cpu', formats: ['chat'] },
    });
    const openSource = ({ name }: { name: string }) => ({
      ...fakeSource({ name, answer: asPeopleDo, log }),
      chatTemplate: name === 'talks' ? chatTemplate : null,
    });
    await expect(runStudy({ ...request({ openSource }), study })).rejects.toThrow('chat prompts of fake');
    expect(log.opened).toBe(0);
  });
});

describe('a chat study', () => {
  it('refuses a model without a chat template, before anything is written', async () => {
    const chat = request({ settings: { formats: ['chat'] } });
    await expect(runStudy(chat)).rejects.toThrow(
      'Preparing the chat prompts of fake: it has no chat template',
    );
    expect(() => readManifest(join(chat.runsFolder, 'test', 'fake'))).toThrow('has no manifest.json');
  });
});
