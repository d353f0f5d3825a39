import { describe, expect, it } from 'vitest';
import { firstTokenCheck } from '../../lib/runs/first-token/first-token-check.js';
import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import { loadQuestionnaire } from '../../lib/runs/questionnaire.js';
import { makeStudy } from '../../lib/runs/study.js';
import { studyPrompts } from '../../lib/runs/study-prompts.js';
import { wilsonInterval } from '../../lib/statistics/intervals/wilson-interval.js';
import type { Prompt } from '../../lib/types.js';
import { answerWith, fakeSource } from '../support/fake-source.js';
import { onTheCpu } from '../support/open-settings.js';

/** Prompts of four-option items, so that every letter from A to D is an option. */
function promptsOf(items: readonly string[], countries: readonly string[]): Prompt[] {
  const { settings } = makeStudy({
    ...{ id: 'x', title: 'x', models: [{ name: 'x', folder: 'x' }] },
    settings: { items, countries },
  });
  return studyPrompts(settings, loadQuestionnaire(settings), { name: 'x', chatTemplate: null });
}

const prompts = promptsOf(['Q1', 'Q2', 'Q46', 'Q199'], ['DEU', 'KEN', 'THA']);

describe('firstTokenCheck', () => {
  // Letters are tokens 0 to 25: it finds B most probable and writes what the length of the prompt's third word decides.
  const source = (writes: (tokenIds: readonly number[]) => readonly number[]) =>
    fakeSource({
      name: 'fake',
      answer: ({ prompt }) => answerWith(prompt.options.map((_, place) => (place === 1 ? 0.4 : 0.1))),
      unreadable: ({ variable, country }) =>
        variable === 'Q1' && country === 'KEN' ? 'letters merge' : null,
      writes,
    });

  it('counts answers that name an option, and those that name the one of the most probable letter', async () => {
    let turn = 0;
    // B, A, "C D" and nothing in turn.
    const said = [[1], [0], [2, 3], []];
    const opened = await source(() => said[turn++ % 4] ?? []).open(onTheCpu);
    const states: string[] = [];
    const check = await firstTokenCheck(opened, {
      ...{ prompts, sample: 100, seed: 3 },
      onProgress: ({ done, total }) => states.push(`${done}/${total}`),
    });
    // 4 items x 2 orders x 3 countries, of which Q1 in Kenya cannot be read in either order: 22 answers.
    expect(check).toMatchObject({
      ...{ model: 'fake', population: 24, n: 24, seed: 3, tokens: 12 },
      unreadable: [{ reason: 'letters merge', prompts: 2 }],
      named: 12,
      same: 6,
      share: 0.5,
      interval: wilsonInterval({ successes: 6, n: 12 }),
      unnamed: [
        { reason: 'it names several options', prompts: 5 },
        { reason: 'it is empty', prompts: 5 },
      ],
    });
    expect(states.at(-1)).toBe('24/24');
    expect(check.examples.map(({ letter, written }) => `${letter} ${written}`)).toEqual([
      ...['B B', 'B B', 'B B', 'B A', 'B A', 'B A'],
      ...['B null', 'B null'],
    ]);
    expect(check.examples[0]).toMatchObject({ text: ' B', by: 'letter', reason: null });
    expect(check.examples[0]?.probability).toBeCloseTo(0.4 / 0.7, 12);
  });

  it('draws by the seed: the same one the same prompts, and a larger sample goes on where a smaller ends', async () => {
    const asked = async (sample: number, seed: number): Promise<string[]> => {
      const seen: string[] = [];
      const opened = await fakeSource({
        name: 'fake',
        answer: ({ prompt }) => {
          seen.push([prompt.variable, prompt.country, prompt.order].join());
          return answerWith(prompt.options.map(() => 0.1));
        },
      }).open(onTheCpu);
      await firstTokenCheck(opened, { prompts, sample, seed });
      return seen;
    };
    const few = await asked(5, 1);
    expect(new Set(few).size).toBe(5);
    expect(await asked(5, 1)).toEqual(few);
    expect((await asked(9, 1)).slice(0, 5)).toEqual(few);
    expect(await asked(5, 2)).not.toEqual(few);
  });

  it('has no share where no answer names an option', async () => {
    const check = await firstTokenCheck(await source(() => []).open(onTheCpu), { prompts, sample: 3 });
    expect(check).toMatchObject({ n: 3, named: 0, same: 0, share: null, interval: null });
  });

  it.each([
    [{ prompts: [] }, 'there are 0 prompts, a sample of 100 and answers of 12 tokens'],
    [{ prompts, sample: 0 }, 'a sample of 0'],
    [{ prompts, tokens: 0 }, 'answers of 0 tokens'],
  ])('refuses %j', async (request, message) => {
    await expect(firstTokenCheck(await source(() => []).open(onTheCpu), request)).rejects.toThrow(message);
  });

  it('on a bundled model that was taught to answer by letters: what it writes is its most probable letter', async () => {
    const opened = await openModelFolder('data/models/mini/mini-600k', { provider: 'cpu' });
    try {
      const check = await firstTokenCheck(opened, { prompts, sample: 20 });
      expect(check.n).toBe(20);
      expect(check.named).toBe(20);
      expect(check.same).toBe(20);
      expect(check.examples[0]?.text).toMatch(/^ ?[A-D]/);
    } finally {
      await opened.model.close();
    }
  }, 120_000);
});
