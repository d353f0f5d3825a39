import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dataPath } from '../../../lib/files/data-folder.js';
import { codeRules } from '../../../lib/survey/import/code-rules.js';
import { itemMapPath, loadItemMap } from '../../../lib/survey/import/item-map.js';
import { loadItems } from '../../../lib/survey/items.js';
import { sampleItem } from '../sample-item.js';

const items = loadItems();

describe('the item map of wave 7', () => {
  const map = loadItemMap(itemMapPath('wvs7'));

  it('holds every item of the bank but the party list, and Q234A, under columns of the codebook', () => {
    const { columns } = JSON.parse(
      readFileSync(dataPath('survey', 'import', 'wvs7-columns.json'), 'utf8'),
    ) as { columns: string[] };
    expect(columns).toHaveLength(377);
    const variables = map.entries.map(({ variable }) => variable);
    const expected = items.map(({ variable }) => variable).filter((variable) => variable !== 'Q223');
    expect(variables.toSorted()).toEqual([...expected, 'Q234A'].toSorted());
    expect(map.entries.filter(({ column }) => !columns.includes(column))).toEqual([]);
    const { country, countryCode, weight } = map.columns;
    expect([country ?? '', countryCode, weight].filter((column) => !columns.includes(column))).toEqual([]);
  });

  it('allows the codes of the bank, special ones too', () => {
    const { rules } = codeRules(map, items, { unsure: false });
    const codesOf = (variable: string) => [
      ...(rules.find((rule) => rule.variable === variable)?.codes.keys() ?? []),
    ];
    expect(codesOf('Q111')).toEqual([1, 2, 3]);
    expect(codesOf('Q119')).toEqual([1, 2, 3, 4, 0]);
    expect(codesOf('Q242')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(codesOf('Q234A')).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('the item map of the joint file', () => {
  const map = loadItemMap(itemMapPath('evs-wvs'));

  it('has each column once, and turns codes to those of the bank one to one', () => {
    expect(new Set(map.entries.map(({ column }) => column)).size).toBe(map.entries.length);
    const { rules } = codeRules(map, items, { unsure: true });
    for (const { variable, codes } of rules) {
      expect({ variable, images: new Set(codes.values()).size }).toEqual({ variable, images: codes.size });
    }
    const independence = rules.find(({ variable }) => variable === 'Q8');
    // Mentioned (1) is code 1 in wave 7, not mentioned (0) is code 2.
    expect([...(independence?.codes ?? [])]).toEqual([
      [0, 2],
      [1, 1],
    ]);
  });

  it('leaves out what is not sure, unless it is asked for', () => {
    const sure = codeRules(map, items, { unsure: false });
    expect(sure.unsure).toContain('Q108');
    expect(sure.rules.map(({ variable }) => variable)).not.toContain('Q108');
    expect(sure.rules.length + sure.unsure.length).toBe(map.entries.length);
    expect(codeRules(map, items, { unsure: true }).unsure).toEqual([]);
  });
});

describe('codeRules', () => {
  const entry = { variable: 'Q1', column: 'x', sure: true };

  it('refuses entries without codes, and recodes to what the item lacks', () => {
    expect(() => codeRules({ id: 'm', entries: [entry] }, [], { unsure: false })).toThrow(
      'Reading the item map m: Q1 has no options in the item bank and no "codes" in the map. Expected one of both. Add codes, or remove the entry.',
    );
    const entries = [{ ...entry, recode: { '1': 7 } }];
    expect(() => codeRules({ id: 'm', entries }, [sampleItem()], { unsure: false })).toThrow(
      'Q1 turns code 1 into 7, which is no option of the item (1, 2, 3). Correct the map.',
    );
  });
});
