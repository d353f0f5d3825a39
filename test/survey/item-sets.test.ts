import { describe, expect, it } from 'vitest';
import { type ItemSets, loadItemSets, selectItems } from '../../lib/survey/item-sets.js';
import { loadItems } from '../../lib/survey/items.js';
import { drawItems } from '../real/choose-items.js';
import { sampleItem } from './sample-item.js';

const items = loadItems();
const sets = (variables: readonly string[]): ItemSets => ({
  default: 'some',
  sets: [{ id: 'some', description: 'some', variables, constructs: ['value', 'behaviour'] }],
});

describe('selectItems', () => {
  it('finds 209 items in the default set: 208 can be asked, 205 of those carry a mean', () => {
    const { default: setId } = loadItemSets();
    const selected = selectItems(items, setId);
    expect(selected).toHaveLength(209);
    const askable = selected.filter((item) => item.canAsk);
    expect(selected.filter((item) => !item.canAsk).map((item) => item.variable)).toEqual(['Q223']);
    expect(askable).toHaveLength(208);
    expect(askable.filter((item) => !item.canMean).map((item) => item.variable)).toEqual([
      'Q42',
      'Q56',
      'Q173',
    ]);
    expect(new Set(selected.map((item) => item.category)).size).toBe(12);
  });

  it('leaves out pick-lists, organisations, memberships and the postmaterialism index', () => {
    const selected = new Set(selectItems(items, 'wvs-209').map((item) => item.variable));
    const left = items.map((item) => item.variable).filter((variable) => !selected.has(variable));
    const range = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, step) => `Q${from + step}`);
    expect(left).toEqual([...range(7, 26), ...range(82, 105), ...range(152, 157)]);
  });

  it('filters by construct', () => {
    const values = selectItems(items, 'values-only');
    expect(new Set(values.map((item) => item.construct))).toEqual(new Set(['value']));
    const expected = selectItems(items, 'wvs-209').filter((item) => item.construct === 'value');
    expect(values).toEqual(expected);
    expect(values.length).toBeGreaterThan(80);
  });

  it.each([
    ['sample-24', 2],
    ['sample-60', 5],
  ])('keeps %s as it was drawn: %i items of each category', (setId, perCategory) => {
    const names = (some: readonly { readonly variable: string }[]): string[] =>
      some.map((item) => item.variable).sort();
    expect(names(selectItems(items, setId))).toEqual(names(drawItems(perCategory)));
  });

  it('reads single variables and ranges, in the order of the bank', () => {
    const bank = ['Q1', 'Q2', 'Q3', 'Q9'].map((variable) => sampleItem({ variable }));
    const selected = selectItems(bank, 'some', { sets: sets(['Q9', 'Q1-Q2']) });
    expect(selected.map((item) => item.variable)).toEqual(['Q1', 'Q2', 'Q9']);
  });

  it('refuses unknown sets, variables that the bank lacks and ranges that run backwards', () => {
    expect(() => selectItems(items, 'wvs-210')).toThrow(
      'Selecting items: there is no item set "wvs-210". Expected one of wvs-209, wvs-215, values-only, sample-24, sample-60, or variables such as Q57,Q164.',
    );
    expect(() => selectItems(items, 'some', { sets: sets(['Q258-Q261']) })).toThrow(
      'Selecting items: set "some" names Q260, Q261, which the item bank lacks.',
    );
    expect(() => selectItems(items, 'some', { sets: sets(['Q9-Q1']) })).toThrow(
      'Selecting items: set "some" has the range "Q9-Q1". Expected it to run upward.',
    );
  });
});
