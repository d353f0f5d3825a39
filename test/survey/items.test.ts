import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { joinBankFiles, loadBankFiles, loadItems, parseBankFile } from '../../lib/survey/items.js';
import type { AnswerOption, Item } from '../../lib/types.js';
import { sampleItem } from './sample-item.js';

function bankText(changes: Record<string, unknown> = {}, remove: readonly string[] = ['category']): string {
  const item: Record<string, unknown> = { ...sampleItem({ variable: 'Q46' }), ...changes };
  for (const field of remove) {
    delete item[field];
  }
  return JSON.stringify({ category: 'happiness', title: 'Happiness', items: [item] });
}

const option = (code: number, changes: Partial<AnswerOption> = {}): AnswerOption => ({
  code,
  label: `Answer ${code}`,
  score: 0,
  offered: true,
  ...changes,
});

describe('parseBankFile', () => {
  it('gives every item the category of its file', () => {
    const file = parseBankFile(bankText(), 'bank.json');
    expect(file.title).toBe('Happiness');
    expect(file.items).toEqual([sampleItem({ variable: 'Q46', category: 'happiness' })]);
  });

  const [much, some, none] = sampleItem().options;
  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown field', { wording: 'x' }, 'item Q46, the item: Unrecognized key: "wording"'],
    [
      'a score outside [-1, 1]',
      { options: [much, { ...some, score: 1.5 }, none] },
      'item Q46, field options.1.score: Too big: expected number to be <=1 (found 1.5)',
    ],
    [
      'more than 26 options',
      { options: Array.from({ length: 27 }, (_, code) => option(code)) },
      'item Q46, field options: expected at most 26 options (letters A to Z)',
    ],
    [
      'a code twice',
      { options: [much, some, { ...none, code: 1 }] },
      'item Q46, field options: expected each code once, found 1 twice',
    ],
    [
      'a label twice',
      { options: [much, some, { ...none, label: 'Much' }] },
      'item Q46, field options: expected each label once, found "Much" twice',
    ],
    [
      'a dropped code that is an option',
      { droppedCodes: [3] },
      'item Q46, field droppedCodes: expected codes that are not options, found option 3',
    ],
    [
      'a mean without scores',
      { options: [much, { ...some, score: null }, none] },
      'item Q46, field options: expected two or more options that all have a score, because canMean is true',
    ],
    [
      'a mean without an orientation',
      { orientation: null },
      'item Q46, field orientation: expected "lower" or "higher", because canMean is true',
    ],
    [
      'scores against the orientation',
      { orientation: 'higher' },
      'item Q46, field options: expected scores that rise toward the higher codes, as orientation says',
    ],
    ['no mean without a reason', { canMean: false }, 'item Q46, field whyNoMean: expected a reason'],
    [
      'a mean with a reason against it',
      { whyNoMean: 'no order' },
      'item Q46, field whyNoMean: expected null',
    ],
    ['not askable without a reason', { canAsk: false }, 'item Q46, field whyNotAsked: expected a reason'],
    [
      'askable with a reason against it',
      { whyNotAsked: 'a pick' },
      'item Q46, field whyNotAsked: expected null',
    ],
    [
      'askable with one offered option',
      { options: [much, { ...some, offered: false }, { ...none, offered: false }] },
      'item Q46, field options: expected two or more offered options, because canAsk is true',
    ],
    ['an unknown construct', { construct: 'mood' }, 'item Q46, field construct: Invalid option'],
    ['an empty question', { question: '' }, 'item Q46, field question: Too small'],
    [
      'no variable name',
      { variable: 'V46' },
      'item V46, field variable: expected a variable name such as "Q1"',
    ],
  ])('names file, item and field for %s', (_name, changes, message) => {
    const text = bankText(changes);
    expect(() => parseBankFile(text, 'bank.json')).toThrow(message);
    expect(() => parseBankFile(text, 'bank.json')).toThrow(
      'Reading the item bank: bank.json cannot be used.',
    );
  });

  it('names a missing field, and an item without a name by its place', () => {
    expect(() => parseBankFile(bankText({}, ['category', 'note']), 'bank.json')).toThrow(
      /item Q46, field note: .*\(found nothing\)/,
    );
    expect(() => parseBankFile(bankText({}, ['category', 'variable']), 'bank.json')).toThrow(
      /item 1 of the file, field variable: /,
    );
    expect(() => parseBankFile('{"category":"x","title":"X","items":[null]}', 'bank.json')).toThrow(
      /item 1 of the file, the item: /,
    );
  });

  it('names what is wrong with the file around the items', () => {
    expect(() => parseBankFile('{', 'bank.json')).toThrow(
      'Reading the item bank: bank.json is not valid JSON',
    );
    expect(() => parseBankFile('{"category":"Big Things","title":"X","items":[1]}', 'bank.json')).toThrow(
      'category: expected a category id such as "social-values" (found "Big Things")',
    );
    expect(() => parseBankFile('{"category":"x","title":"X","items":[]}', 'bank.json')).toThrow(
      /items: Too small/,
    );
  });

  it('allows an item that cannot be asked to have no options', () => {
    const changes: Partial<Item> = {
      options: [],
      orientation: null,
      canMean: false,
      whyNoMean: 'parties have no order',
      canAsk: false,
      whyNotAsked: 'the list differs by country',
    };
    expect(parseBankFile(bankText(changes), 'bank.json').items).toHaveLength(1);
  });
});

describe('joinBankFiles', () => {
  it('sorts by number, not by text', () => {
    const file = (category: string, variables: readonly string[]) => ({
      category,
      title: category,
      items: variables.map((variable) => sampleItem({ variable, category })),
    });
    const items = joinBankFiles([file('b', ['Q10', 'Q2']), file('a', ['Q1'])]);
    expect(items.map((item) => item.variable)).toEqual(['Q1', 'Q2', 'Q10']);
    expect(() => joinBankFiles([file('a', ['Q1']), file('b', ['Q2', 'Q1'])])).toThrow(
      'item Q1, field variable: found in a and again in b. Expected each variable once.',
    );
  });
});

describe('loadItems', () => {
  it('holds Q1 to Q259 in order', () => {
    expect(loadItems().map((item) => item.variable)).toEqual(
      Array.from({ length: 259 }, (_, place) => `Q${place + 1}`),
    );
    expect(loadBankFiles()).toHaveLength(13);
  });

  it('names a folder that is missing or empty', () => {
    expect(() => loadItems('no-such-folder')).toThrow('Reading the item bank: no-such-folder cannot be read');
    const folder = mkdtempSync(join(tmpdir(), 'bank-'));
    try {
      expect(() => loadItems(folder)).toThrow('holds no .json file. Expected one for each category.');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
