import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, htmlTable } from '../../lib/notebook/html-table.js';

/** The cells of the body, row by row, as the HTML between their tags. */
function bodyOf(html: string): string[][] {
  const rows = /<tbody>\n(.*)\n<\/tbody>/s.exec(html)?.[1]?.split('\n') ?? [];
  return rows.map((row) => [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map((match) => match[1] ?? ''));
}

describe('htmlTable', () => {
  test('a small table, in full', () => {
    const rows = [
      { country: 'Peru', r: 0.85, items: 205 },
      { country: 'Japan', r: null, items: 198 },
    ];
    const left = 'align="left" style="text-align:left"';
    const right = 'align="right" style="text-align:right"';
    expect(htmlTable(rows, { caption: 'Agreement', whyNull: () => 'fewer than 3 items' })).toBe(
      [
        '<table>',
        '<caption style="text-align:left">Agreement</caption>',
        `<thead><tr><th scope="col" ${left}>country</th><th scope="col" ${right}>r</th><th scope="col" ${right}>items</th></tr></thead>`,
        '<tbody>',
        `<tr><th scope="row" ${left}>Peru</th><td ${right}>0.850</td><td ${right}>205</td></tr>`,
        `<tr><th scope="row" ${left}>Japan</th><td ${right}><span title="fewer than 3 items">–</span></td><td ${right}>198</td></tr>`,
        '</tbody>',
        '</table>',
      ].join('\n'),
    );
  });

  test('chooses, orders and names columns, with digits of their own', () => {
    const rows = [{ a: 1.23456, b: 'x', c: true }];
    const html = htmlTable(rows, { columns: ['c', { key: 'a', heading: 'A & B', digits: 4 }] });
    expect(bodyOf(html)).toEqual([['yes', '1.2346']]);
    expect(html).toContain('A &amp; B</th>');
    expect(html).not.toContain('>b<');
  });

  test('a missing field and null without a reason are a plain dash', () => {
    const rows: { a: string; b?: number | null }[] = [{ a: 'x', b: null }, { a: 'y' }];
    expect(bodyOf(htmlTable(rows, { columns: ['a', 'b'] }))).toEqual([
      ['x', '–'],
      ['y', '–'],
    ]);
  });

  test('zero is a number, not a dash', () => {
    expect(bodyOf(htmlTable([{ a: 'x', b: 0 }]))).toEqual([['x', '0']]);
  });

  test('escapes text wherever it may stand', () => {
    const evil = '<img src=x onerror="alert(\'1\')">&';
    const rows = [{ [evil]: evil, b: null }];
    const html = htmlTable(rows, { caption: evil, whyNull: () => evil });
    const safe = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
    // Heading, cell, caption and tooltip.
    expect(html.split(safe)).toHaveLength(5);
    expect(html).not.toContain('<img');
  });

  test('escaped text holds no character that could leave its place, and reads back', () => {
    const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name] ?? '')).toBe(
          text,
        );
      }),
    );
  });

  test('no rows: the caption says so, above the headings asked for', () => {
    const none: { a: string }[] = [];
    const html = htmlTable(none, { caption: 'Nothing', columns: ['a'] });
    expect(html).toContain('>Nothing (no rows)</caption>');
    expect(html).toContain('>a</th></tr></thead>\n<tbody>\n\n</tbody>');
    expect(htmlTable(none, { caption: 'Nothing' })).toBe('<p>Nothing (no rows)</p>');
  });

  test('leaves out columns that hold the same in all rows when asked to, and says what they hold', () => {
    const rows = [
      { figure: 'r', from: 'a', change: 0.25 },
      { figure: 'r', from: 'b', change: 0.5 },
    ];
    const html = htmlTable(rows, { caption: 'Changes', hideSame: true });
    expect(html).toContain('>Changes; all: figure r</caption>');
    expect(html).not.toContain('>figure<');
    expect(htmlTable(rows)).toContain('>figure<');
    // One row is the same as itself in everything.
    expect(htmlTable(rows.slice(0, 1), { hideSame: true })).toContain('>figure<');
  });

  test('says how many rows it leaves out, and takes digits from all of them', () => {
    const rows = [{ a: 0.5 }, { a: 0.25 }, { a: 12.5 }];
    const html = htmlTable(rows, { caption: 'Long', maximumRows: 2 });
    expect(html).toContain('>Long (first 2 of 3 rows)</caption>');
    // The largest is 12.5: one digit after the point.
    expect(bodyOf(html)).toEqual([['0.5'], ['0.3']]);
    expect(htmlTable(rows, { maximumRows: 1 })).toContain('>first 1 of 3 rows</caption>');
  });

  test('refuses numbers that are none, and records inside cells', () => {
    expect(() => htmlTable([{ a: 1 }, { a: Number.NaN }])).toThrow(
      'Making a table: row 2, column a holds NaN. Expected text, a finite number, true, false or null.',
    );
    expect(() => htmlTable([{ a: Number.POSITIVE_INFINITY }])).toThrow('row 1, column a holds Infinity.');
    expect(() => htmlTable([{ a: { b: 1 } }])).toThrow('row 1, column a holds a value of type object.');
  });
});
