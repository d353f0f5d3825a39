import { escapeHtml } from '../../notebook/html-table.js';

/** A paragraph of plain text. */
export function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

/** Plain texts as a list; nothing for none. */
export function list(texts: readonly string[]): string {
  return texts.length === 0
    ? ''
    : `<ul>\n${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('\n')}\n</ul>`;
}
