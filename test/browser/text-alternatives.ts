import type { Page } from 'playwright-core';
import { PLOTS } from './drawn-figures.js';

/**
 * Figures of a JupyterLab page without a text alternative, by their titles. Plotly draws text without an order that a screen
 * reader could follow, so the same in words has to stand in the output below.
 */
export function figuresWithoutWords(page: Page): Promise<string[]> {
  return page.locator(PLOTS).evaluateAll((plots) =>
    plots.flatMap((plot) => {
      const below = plot.closest('.jp-OutputArea-child')?.nextElementSibling;
      const summary = below?.querySelector('details > summary')?.textContent?.trim() ?? '';
      const lines = Array.from(below?.querySelectorAll('details li') ?? []);
      const isTold =
        summary !== '' && lines.length > 0 && lines.every((line) => line.textContent?.trim() !== '');
      return isTold ? [] : [plot.querySelector('.gtitle')?.textContent ?? 'a figure without a title'];
    }),
  );
}

/** What a screen reader misses in the tables that cells show: captions, header cells, and what these are headers of. */
export function tableFaults(page: Page): Promise<string[]> {
  return page.locator('.jp-OutputArea-output table').evaluateAll((tables) =>
    tables.flatMap((table, place) => {
      const caption = table.querySelector('caption')?.textContent?.trim() ?? '';
      const name = `table ${place + 1} (${caption || table.querySelector('tr')?.textContent?.trim()})`;
      const all = (selector: string): Element[] => Array.from(table.querySelectorAll(selector));
      // A table without rows does not know its columns.
      const hasColumns =
        all('tbody tr').length === 0 ||
        (all('thead th').length > 0 &&
          all('thead tr > *').every((head) => head.getAttribute('scope') === 'col'));
      const hasRows = all('tbody tr').every(
        ({ firstElementChild: first }) => first?.tagName === 'TH' && first.getAttribute('scope') === 'row',
      );
      return [
        ...(caption === '' ? [`${name}: no caption`] : []),
        ...(hasColumns ? [] : [`${name}: columns without a header`]),
        ...(hasRows ? [] : [`${name}: rows without a header`]),
      ];
    }),
  );
}
