import { describe, expect, it } from 'vitest';
import { COLOURS, FIELD_FONT, SEQUENTIAL, seriesLook } from '../../lib/figures/theme.js';
import { FIGURE_EXAMPLES } from '../support/figure-examples.js';

/** Relative luminance of "#RRGGBB" as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((place) => {
    const share = Number.parseInt(color.slice(place, place + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white). */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const WHITE = '#FFFFFF';
/** WCAG 2.2: text (1.4.3, AA), and graphics that must be seen (1.4.11). */
const TEXT = 4.5;
const GRAPHIC = 3;

describe('contrast', () => {
  it('is computed as defined: black on white 21, a colour on itself 1', () => {
    expect(contrast('#000000', WHITE)).toBeCloseTo(21, 10);
    expect(contrast('#0072B2', '#0072B2')).toBe(1);
  });

  it('marks and bars can be seen on white', () => {
    const looks = Array.from({ length: 7 }, (_, place) => seriesLook(place).color);
    for (const color of [...Object.values(COLOURS), ...looks]) {
      expect(contrast(color, WHITE), color).toBeGreaterThanOrEqual(GRAPHIC);
    }
  });

  it('people and model differ in lightness or hue enough for print: not the same grey', () => {
    expect(contrast(COLOURS.people, COLOURS.model)).toBeGreaterThan(1.2);
  });

  it('numbers in coloured fields can be read on every colour of the scale', () => {
    for (const [, color] of SEQUENTIAL) {
      expect(contrast(FIELD_FONT.color, color), color).toBeGreaterThanOrEqual(TEXT);
    }
  });

  it('text of every figure can be read on white', () => {
    for (const [name, { figure }] of Object.entries(FIGURE_EXAMPLES)) {
      const layout = JSON.stringify(figure.layout);
      const fonts = [...layout.matchAll(/"font":\{[^}]*"color":"(#[0-9A-Fa-f]{6})"/g)].map(
        ([, color]) => color,
      );
      const spans = [...layout.matchAll(/color:(#[0-9A-Fa-f]{6})/g)].map(([, color]) => color);
      expect(fonts.length, name).toBeGreaterThan(0);
      for (const color of [...fonts, ...spans]) {
        expect(contrast(color ?? '', WHITE), `${name} ${color}`).toBeGreaterThanOrEqual(TEXT);
      }
    }
  });
});
