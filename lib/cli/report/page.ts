import { createHash } from 'node:crypto';
import { escapeHtml } from '../../notebook/html-table.js';
import { DRAW_FIGURES } from './draw-figures.js';
import { scriptInPage } from './embed-figure.js';
import { PAGE_STYLE } from './page-style.js';
import type { ReportSection } from './report-input.js';

/** What a page is put together from. */
export interface PageParts {
  /** Plain text. */
  readonly title: string;
  /** What stands below the title, before the table of contents. */
  readonly opening: string;
  readonly sections: readonly ReportSection[];
  /** Source of plotly.js. */
  readonly plotly: string;
}

/** A whole page in one file, which asks for no other. */
export function pageHtml({ title, opening, sections, plotly }: PageParts): string {
  const scripts = [scriptInPage(plotly), scriptInPage(DRAW_FIGURES)];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy(scripts)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)} – culture-lens</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${PAGE_STYLE}</style>`,
    '<noscript><style>.plot { min-height: 0 !important; }</style></noscript>',
    '</head>',
    '<body>',
    `<header>\n<h1>${escapeHtml(title)}</h1>\n${opening}\n${contents(sections)}\n</header>`,
    `<main>\n${sections.map((section) => sectionHtml(section, 2)).join('\n')}\n</main>`,
    '<footer><p>Made by culture-lens; figures drawn by plotly.js (MIT licence), which this page holds.</p></footer>',
    ...scripts.map((script) => `<script>${script}</script>`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Only the page's own scripts run, known by their hashes: not even a handler that slipped into the text would. */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function contents(sections: readonly ReportSection[]): string {
  const entries = (some: readonly ReportSection[]): string =>
    `<ul>\n${some
      .map(
        ({ id, title, parts = [] }) =>
          `<li><a href="#${id}">${escapeHtml(title)}</a>${parts.length === 0 ? '' : `\n${entries(parts)}`}</li>`,
      )
      .join('\n')}\n</ul>`;
  return `<nav aria-label="Contents">\n${entries(sections)}\n</nav>`;
}

function sectionHtml({ id, title, html, parts = [] }: ReportSection, level: 2 | 3): string {
  return [
    `<section id="${id}">`,
    `<h${level}>${escapeHtml(title)}</h${level}>`,
    html,
    ...parts.map((part) => sectionHtml(part, 3)),
    '</section>',
  ].join('\n');
}
