import { describe, expect, it } from 'vitest';
import { ask } from '../../lib/runs/ask.js';
import type { ProgressState } from '../../lib/runs/progress.js';
import { lastTemplate, netherlands, noCountryTemplate, trustItem } from '../support/examples.js';
import { answerWith, fakeSource } from '../support/fake-source.js';
import { onTheCpu } from '../support/open-settings.js';

const kenya = { ...netherlands, iso3: 'KEN', promptName: 'Kenya' };

// Likes the first place three times as much as any other, whatever stands there.
const source = fakeSource({ name: 'fake', answer: () => answerWith([0.3, 0.1, 0.1, 0.1]) });

describe('ask', () => {
  it('asks each country in both orders, joins them, and tells how far it is', async () => {
    const opened = await source.open(onTheCpu);
    const states: ProgressState[] = [];
    const question = { item: trustItem, template: lastTemplate, countries: [netherlands, kenya] };
    const { readings, cells } = await ask(opened, { ...question, onProgress: (state) => states.push(state) });
    expect(readings.map(({ country, order }) => `${country} ${order}`)).toEqual([
      'NLD given',
      'NLD reversed',
      'KEN given',
      'KEN reversed',
    ]);
    // A taste for a place alone is no answer: joined, the outer options are alike and the mean score is 0.
    expect(cells.map(({ country, meanScore }) => [country, meanScore])).toEqual([
      ['NLD', expect.closeTo(0, 12)],
      ['KEN', expect.closeTo(0, 12)],
    ]);
    expect(states.map(({ done, total }) => `${done}/${total}`)).toEqual(['0/2', '2/2']);
  });

  it('asks nobody in particular where the template names no country', async () => {
    const opened = await source.open(onTheCpu);
    const { cells } = await ask(opened, { item: trustItem, template: noCountryTemplate, countries: [null] });
    expect(cells).toMatchObject([{ country: null, status: 'scored' }]);
  });
});
