import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportHtml } from '../../../lib/cli/report/report-html.js';
import type { ReportInput } from '../../../lib/cli/report/report-input.js';
import { headlineContent } from '../../../lib/cli/tables/headline-table.js';
import { MINI_NOT_REAL } from '../../../lib/cli/tables/mini-world/not-real.js';
import { projectPath } from '../../../lib/files/data-folder.js';
import { SURVEY_CITATION } from '../../../lib/survey/citation.js';
import { smallReport, withModels } from './small-report.js';

let input: ReportInput;

beforeAll(async () => {
  ({ input } = await smallReport());
});

const HOSTILE = '<img src=x onerror=alert(1)>';

/** What the page's scripts are: executable ones without a type, figures as JSON. */
function scriptsOf(html: string): { readonly type: string; readonly text: string }[] {
  return [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, type = '', text = '']) => ({
    type,
    text,
  }));
}

describe('names that hold markup', () => {
  it('of a model stay text, in words, tables, labels and figures', () => {
    const html = reportHtml(withModels(input, [HOSTILE]));
    expect(html).not.toContain('<img');
    expect(html).toContain('<th scope="row">&lt;img src=x onerror=alert(1)&gt;</th>');
    expect(html).toContain('aria-label="Deviation r by country: &lt;img src=x onerror=alert(1)&gt;"');
    // A figure's own text is escaped for plotly, and then for the script element that holds it.
    expect(html).toContain('\\u0026lt;img src=x onerror=alert(1)\\u0026gt;');
  });

  it('of a country stay text', () => {
    const countries = input.countries.map((country) => ({ ...country, name: `<b>"${country.iso3}"</b>` }));
    const html = reportHtml({ ...input, countries });
    expect(html).not.toContain('<b>');
    expect(html).toMatch(/Highest: &lt;b&gt;&quot;(DEU|KEN|BRA|JPN)&quot;&lt;\/b&gt;/);
  });

  it('of a study neither end a script nor begin a comment', () => {
    const title = '</script><script>alert(1)</script><!-- \u2028';
    const { summary } = input;
    const html = reportHtml({
      ...withModels(input, [title]),
      plotly: `const end = "</script><!--";`,
    });
    const named = reportHtml({ ...input, summary: { ...summary, study: { ...summary.study, title } } });
    expect(named).toContain('<title>&lt;/script&gt;&lt;script&gt;alert(1)');
    for (const page of [html, named]) {
      expect(page.match(/<script/g)?.length).toBe(page.match(/<\/script/g)?.length);
      expect(page).not.toContain('<!--');
      // Two scripts of the page, all others hold the JSON of a figure that can be read.
      const [runs, data] = [/^$/, / type="application\/json"/].map((type) =>
        scriptsOf(page).filter((script) => type.test(script.type)),
      );
      expect(runs).toHaveLength(2);
      expect(scriptsOf(page)).toHaveLength(2 + (data?.length ?? 0));
      expect(data?.map(({ text }) => Object.keys(JSON.parse(text)))).toEqual(
        data?.map(() => ['data', 'layout']),
      );
    }
    expect(scriptsOf(html).some(({ text }) => text.includes('\u2028'))).toBe(false);
  });
});

describe('the page', () => {
  it('is the same for the same summary, to the byte', () => {
    expect(reportHtml(structuredClone(input))).toBe(reportHtml(input));
  });

  it('allows its own scripts alone, by hash, and no request', () => {
    const html = reportHtml(input);
    const [, policy = ''] = html.match(/Content-Security-Policy" content="([^"]+)"/) ?? [];
    const hashes = scriptsOf(html)
      .filter(({ type }) => type === '')
      .map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashes.join(' ')}`,
      "style-src 'unsafe-inline'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });

  it('has a language, a title, headings in order, and a table of contents whose places are there', () => {
    const html = reportHtml(input);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>A small study – culture-lens</title>');
    const levels = [...html.matchAll(/<h([1-6])>/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, place) => place === 0 || level <= (levels[place - 1] ?? 0) + 1)).toBe(true);
    const places = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(places.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("holds the terminal's headline, its tables with captions, findings, notes and versions", () => {
    const html = reportHtml(input);
    const { summary } = input;
    for (const cell of headlineContent(summary.rows).rows.flat()) {
      expect(html).toContain(`>${cell}</t`);
    }
    expect(html.match(/<table>/g)?.length).toBe(html.match(/<caption>[^<]/g)?.length);
    expect(html).toContain('<th scope="rowgroup" rowspan="4">fake</th>');
    expect(html).toContain('r over fewer than 25 items moves a lot');
    expect(html).toContain(`<td class="short">${summary.versions['onnxruntime-node']}</td>`);
    expect(html).toContain(`r = ${summary.rows[0]?.agreement.overall.mean?.toFixed(2).replace('-', '−')}`);
  });

  it('cites the survey as its terms ask, and the paper by what is known of it', () => {
    const terms = readFileSync(projectPath('data', 'survey', 'README.md'), 'utf8').replace(/\s+/g, ' ');
    expect(terms).toContain(SURVEY_CITATION);
    expect(reportHtml(input)).toContain(SURVEY_CITATION);
    expect(reportHtml(input)).toContain('arXiv 2412.08846');
  });
});

describe('models', () => {
  it('of the miniature world are warned of by name, others are not', () => {
    expect(reportHtml(input)).not.toContain('class="warning"');
    const summary = { ...input.summary, miniModels: ['fake'] };
    expect(reportHtml({ ...input, summary })).toContain(
      `<strong>Mini models: fake.</strong> ${MINI_NOT_REAL}`,
    );
  });

  it('are listed with the commit of the repository that they were fetched from', () => {
    const revision = 'a'.repeat(40);
    const origin = { kind: 'hub', id: 'organisation/model', revision, graph: 'onnx/model.onnx' } as const;
    const models = input.summary.models.map((model) => ({ ...model, origin }));
    expect(reportHtml(input)).toContain('given as files');
    expect(reportHtml({ ...input, summary: { ...input.summary, models } })).toContain(
      `organisation/model at ${revision}, onnx/model.onnx`,
    );
  });

  it('that are recorded are named so in every table', () => {
    const { summary } = input;
    const rows = summary.rows.map((row) => (row.kind === 'model' ? { ...row, dtype: 'recorded' } : row));
    const models = summary.models.map((model) => ({ ...model, dtype: 'recorded' }));
    const html = reportHtml({ ...input, summary: { ...summary, rows, models } });
    expect(html).toContain('<th scope="row">fake (recorded)</th>');
    expect(html).toContain('rowspan="4">fake (recorded)</th>');
    expect(html).not.toContain('>fake</th>');
    expect(html).toContain('stand in for the model');
  });

  it('that are many share figures by the group, and fold those of one model away but for the first', () => {
    const few = reportHtml(withModels(input, ['a', 'b', 'c', 'd']));
    expect(few).not.toContain('<details>');
    const names = Array.from({ length: 13 }, (_, place) => `m${place + 1}`);
    const many = reportHtml(withModels(input, names));
    // Scores, countries and choices of each model but the first.
    expect(many.match(/<details>/g)).toHaveLength(3 * 12);
    for (const which of ['1 to 5', '6 to 10', '11 to 13']) {
      expect(many).toContain(`r by continent, models ${which} of 13`);
    }
    expect(many).toContain('No figure: no category has items enough for an r.');
  });

  it('asked without a country have the figures that there are, and the reason for the others', async () => {
    const { input: free } = await smallReport({ templates: ['no-country'] });
    expect(free.specifications).toEqual([]);
    expect(free.summary.rows[0]?.scores).toBeNull();
    const html = reportHtml(free);
    expect(html).toContain('No figure: deviation r is undefined in every country.');
    expect(html).toContain('id="by-continent-1"');
    expect(html).not.toContain('id="robustness"');
  });
});
