import { describe, expect, it } from 'vitest';
import { loadItems } from '../../lib/survey/items.js';
import { scoreLine } from '../../lib/survey/score-line.js';
import { plainCsv } from './plain-csv.js';

// What must hold for the item bank as it stands, beyond the shape that loadItems checks.
const items = loadItems();

describe('the item bank', () => {
  it('has evenly spaced scores from -1 to 1 over all options, volunteered ones included', () => {
    const wrong: string[] = [];
    const scored = items.filter((item) => item.canMean);
    expect(scored).toHaveLength(246);
    for (const { variable, options, orientation } of scored) {
      const rising = orientation === 'higher' ? options : options.toReversed();
      for (const [place, { code, score }] of rising.entries()) {
        // s_k = 2(k-1)/(K-1) - 1 for the k-th of K options on the way up.
        const expected = (2 * place) / (options.length - 1) - 1;
        if (score === null || Math.abs(score - expected) > 1e-12) {
          wrong.push(`${variable} option ${code}: ${score}, expected ${expected}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has codes that rise by one, so that the score is linear in the code', () => {
    for (const item of items.filter((candidate) => candidate.canMean)) {
      const codes = item.options.map((option) => option.code);
      expect(codes).toEqual(codes.map((_, place) => (codes[0] ?? 0) + place));
      expect(scoreLine(item)).not.toBeNull();
    }
  });

  it('gives options without an order no score, and no mean', () => {
    const nominal = items.filter((item) => item.orientation === null);
    const range = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, step) => `Q${from + step}`);
    expect(nominal.map((item) => item.variable)).toEqual([
      'Q42',
      ...range(91, 93),
      ...range(152, 157),
      'Q173',
      'Q223',
    ]);
    expect(nominal.flatMap((item) => item.options).filter((option) => option.score !== null)).toEqual([]);
    expect(nominal.filter((item) => item.canMean)).toEqual([]);
    // Q56 has an order but not that of its codes, so the survey's mean of codes says nothing.
    expect(
      items.filter((item) => item.orientation !== null && !item.canMean).map((item) => item.variable),
    ).toEqual(['Q56']);
  });

  it('offers every option but the volunteered ones', () => {
    const silent = items.flatMap((item) =>
      item.options.filter((option) => !option.offered).map((option) => `${item.variable}=${option.code}`),
    );
    const range = (from: number, to: number, code: number) =>
      Array.from({ length: to - from + 1 }, (_, step) => `Q${from + step}=${code}`);
    expect(silent).toEqual([...range(122, 129, 1), ...range(241, 249, 0)]);
  });

  it('drops the special codes of five items', () => {
    const dropped = items.filter((item) => item.droppedCodes.length > 0);
    expect(dropped.map((item) => `${item.variable}: ${item.droppedCodes}`)).toEqual([
      'Q111: 3',
      'Q119: 0',
      'Q221: 4',
      'Q222: 4',
      'Q254: 5',
    ]);
  });

  it('shares option labels within a battery, where the number of options is the same', () => {
    const differing: string[] = [];
    for (const battery of new Set(items.map((item) => item.battery))) {
      const members = items.filter((item) => item.battery === battery && item.options.length > 0);
      for (const size of new Set(members.map((item) => item.options.length))) {
        const labels = members
          .filter((item) => item.options.length === size)
          .map((item) => item.options.map((option) => option.label).join(' | '));
        if (new Set(labels).size > 1) {
          differing.push(`${battery}: ${new Set(labels).size} sets of labels of ${size} options`);
        }
      }
    }
    // These batteries set two statements against each other, ask for facts or picks, or name the ends of the scale after
    // what is asked, so each of their items has answers of its own.
    expect(differing).toEqual([
      'Q91-Q93: 3 sets of labels of 3 options',
      'Q106-Q110: 5 sets of labels of 10 options',
      'Q149-Q151: 3 sets of labels of 2 options',
      'Q152-Q157: 3 sets of labels of 4 options',
      'Q158-Q163: 2 sets of labels of 10 options',
      'Q174-Q175: 2 sets of labels of 2 options',
      'Q250-Q252: 3 sets of labels of 10 options',
    ]);
  });

  it('agrees with a second reading of the questionnaire', () => {
    // review.csv was made from the questionnaire without looking at the bank.
    const review = plainCsv('items', 'review.csv');
    expect(review).toHaveLength(259);
    const disagreements: string[] = [];
    for (const row of review) {
      const item = items.find((candidate) => candidate.variable === row.variable);
      const codes = (item?.options ?? []).filter((option) => option.offered).map((option) => option.code);
      const blank = codes.length === 0;
      const bank = [
        blank ? '' : String(codes.length),
        blank ? '' : String(Math.min(...codes)),
        blank ? '' : String(Math.max(...codes)),
        item?.orientation === null ? 'none' : `${item?.orientation === 'lower' ? 'lowest' : 'highest'}`,
      ].join(' / ');
      const second = [row.options_offered, row.lowest_code, row.highest_code, row.more_of_label_at].join(
        ' / ',
      );
      if (bank !== second) {
        disagreements.push(`${row.variable}: bank ${bank}, review ${second}`);
      }
    }
    expect(disagreements).toEqual([]);
  });
});
