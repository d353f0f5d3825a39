import { describe, expect, it } from 'vitest';
import { dodge, errorBars } from '../../lib/figures/estimate.js';
import { figureNumber, wrapLabel } from '../../lib/figures/labels.js';
import { SEQUENTIAL, seriesLook } from '../../lib/figures/theme.js';
import { plainFigure } from '../../lib/notebook/plain-figure.js';
import { FIGURE_EXAMPLES } from '../support/figure-examples.js';

interface SeenLayout {
  readonly title: { readonly text: string };
  readonly [axis: string]: unknown;
}

describe.each(Object.entries(FIGURE_EXAMPLES))('%s', (_, { figure }) => {
  it('is plain data that survives JSON', () => {
    expect(JSON.stringify(plainFigure(figure))).toBe(JSON.stringify(figure));
  });

  it('has a title, and a name on every axis of numbers', () => {
    const layout = figure.layout as SeenLayout;
    expect(layout.title.text).not.toBe('');
    const axes = Object.entries(layout).filter(([name]) => /^[xy]axis/.test(name));
    expect(axes.length).toBeGreaterThan(1);
    for (const [name, axis] of axes) {
      const { title, ticktext, visible } = axis as {
        title?: { text: string };
        ticktext?: unknown[];
        visible?: boolean;
      };
      expect(visible === false || title !== undefined || ticktext !== undefined, name).toBe(true);
    }
  });

  it('shows names with markup as text', () => {
    // Texts of its own hold <br>, <b> of a token and a span; those given never.
    expect(JSON.stringify(figure)).not.toContain('<b>Land');
    expect(JSON.stringify(figure)).toContain('&lt;b&gt;Land &amp; Leute&lt;/b&gt;');
  });
});

describe('parts of figures', () => {
  it('error bars reach from the mean to both ends, and are absent where an end is', () => {
    const bars = errorBars([
      { mean: 0.5, interval: { low: 0.25, high: 0.625 }, n: 2 },
      { mean: 0.5, interval: { low: null, high: null }, n: 1 },
    ]);
    expect(bars).toMatchObject({ array: [0.125, null], arrayminus: [0.25, null], symmetric: false });
  });

  it('marks of one group stand apart, around its line, and never reach the next', () => {
    for (const count of [1, 2, 5, 17]) {
      const places = Array.from({ length: count }, (_, place) => dodge(place, count));
      expect(places.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 12);
      expect(Math.max(...places)).toBeLessThan(0.5);
      expect(new Set(places).size).toBe(count);
    }
  });

  it('higher values have darker fields, as the report tells its readers', () => {
    const light = SEQUENTIAL.map(([, color]) =>
      [1, 3, 5].reduce((sum, place) => sum + Number.parseInt(color.slice(place, place + 2), 16), 0),
    );
    expect(light).toEqual(light.toSorted((a, b) => b - a));
    expect(new Set(light).size).toBe(light.length);
  });

  it('fourteen series look different', () => {
    const looks = Array.from({ length: 14 }, (_, place) => JSON.stringify(seriesLook(place)));
    expect(new Set(looks).size).toBe(14);
  });

  it.each([
    [-0.04, '−0.04'],
    [-0.004, '0.00'],
    [0.125, '0.13'],
    [null, '–'],
  ])('%s is written %s', (value, text) => {
    expect(figureNumber(value)).toBe(text);
  });

  it('long labels are broken between words and made plain', () => {
    expect(wrapLabel('one & two three', 10)).toBe('one &amp; two<br>three');
  });
});
