import { describe, expect, it } from 'vitest';
import type { StudySettings } from '../../../lib/runs/study.js';
import { answerWith, fakeSource } from '../../support/fake-source.js';
import { runSmall } from '../../support/small-run.js';

const SETTINGS: Partial<StudySettings> = { items: 'sample-24', countries: ['DEU', 'KEN', 'BRA', 'JPN'] };

/** A small study of a model that likes the first option, more so in longer prompts. */
function study(settings: Partial<StudySettings>, unreadable: () => string | null = () => null) {
  return runSmall(
    { name: 'fake', folder: 'nowhere' },
    {
      settings: { ...SETTINGS, ...settings },
      openSource: () =>
        fakeSource({
          name: 'fake',
          unreadable,
          answer: ({ tokenIds, prompt: { options } }) =>
            answerWith(options.map((_, k) => (k === 0 ? 0.2 + tokenIds.length / 300 : 0.3 / options.length))),
        }),
    },
  );
}

describe('the robustness of a run', () => {
  it('varies what the readings allow, and names what they do not', async () => {
    const { summary } = await study({ templates: ['people-answer', 'average-adult', 'no-country'] });
    const [found] = summary.robustness;
    // Two wordings that name a country, each with two ways to join the orders; one order alone is looked at only.
    expect(found?.waysOfAsking).toBe(4);
    const changed = found?.oneChoiceChanged.map(({ choice, value }) => `${choice} ${value}`);
    expect(changed).toContain('template average-adult');
    expect(changed).toContain('orders reversed');
    expect(changed).not.toContain('template no-country');
    expect(found?.notVaried.join()).toContain('ask both formats');
    expect(found?.wordings.wordings).toBe(2);
  });

  it('has no other place to come from than one wording, one order', async () => {
    const { summary } = await study({ orders: ['given'] });
    const [found] = summary.robustness;
    expect(found).toMatchObject({ waysOfAsking: 1, chosen: { orders: 'given' } });
    expect(found?.firstOption.excess).toBeNull();
  });

  it('is null all over for a model that cannot be read, and the study still has its summary', async () => {
    const { summary } = await study({}, () => 'its letters are two tokens');
    const [found] = summary.robustness;
    expect(found?.findings.map(({ chosen, sameSign }) => [chosen, sameSign])).toEqual(
      found?.findings.map(() => [null, null]),
    );
    expect(summary.rows[0]?.agreement.overall.reason).toContain('undefined');
    expect(summary.findings.join('\n')).not.toContain('ways to ask');
  });

  it('is not told of the country-free wording alone', async () => {
    const { summary } = await study({ templates: ['no-country'] });
    expect(summary.robustness).toEqual([]);
    expect(summary.rows[0]?.ownCountry).toBeNull();
    expect(summary.rows[0]?.nearestCountries).toHaveLength(4);
    expect(summary.rows[0]?.agreement.deviation.reason).toContain('names no country');
  });
});
