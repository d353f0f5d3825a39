/** Dark on white, system fonts, one column; on paper without what only a screen needs. */
export const PAGE_STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
main, header, footer { box-sizing: border-box; max-width: 1020px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 32px; }
footer { padding-bottom: 48px; color: #555; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 0.4em; }
h2 { font-size: 1.4rem; margin: 2.2em 0 0.5em; padding-top: 0.4em; border-top: 1px solid #ccc; }
h3 { font-size: 1.1rem; margin: 1.8em 0 0.4em; }
p, li { max-width: 78ch; overflow-wrap: break-word; }
li { margin: 0.35em 0; }
a { color: #0b4f8a; }
code { font-size: 0.92em; }
nav ul { columns: 2; column-gap: 40px; padding-left: 1.2em; }
nav li { margin: 0.1em 0; break-inside: avoid; }
nav li li { font-size: 0.95em; }
nav ul ul { columns: 1; }
.study { color: #555; }
.note { border-left: 4px solid #999; margin: 1em 0; padding: 0.1em 1em; }
.warning { border: 2px solid #a33b00; background: #fff4e8; margin: 1em 0; padding: 0.2em 1em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.8em 0; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0.3em 0; font-weight: 600; }
th, td { padding: 0.22em 0.7em; text-align: left; vertical-align: top; border-bottom: 1px solid #e2e2e2; }
thead th { border-bottom: 2px solid #888; vertical-align: bottom; }
tbody th { font-weight: 500; }
td.short, .number { white-space: nowrap; }
td { min-width: 3em; }
.number { text-align: right; }
.quiet th, .quiet td { color: #595959; }
figure { margin: 1em 0 1.6em; }
figcaption { margin-top: 0.4em; max-width: 78ch; font-size: 0.93rem; color: #333; }
.plot { min-width: 920px; }
.needs-script { color: #555; font-style: italic; }
details { border: 1px solid #ddd; border-radius: 4px; margin: 0.5em 0; padding: 0.2em 0.8em; }
summary { cursor: pointer; padding: 0.3em 0; }
@media (max-width: 640px) { nav ul { columns: 1; } }
@media print {
  @page { margin: 15mm; }
  body { font-size: 10pt; }
  main, header, footer { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  .plot { width: 980px; zoom: 0.68; }
  table { font-size: 7.5pt; }
  th, td { padding: 0.15em 0.4em; }
  h2, h3, caption { break-after: avoid; }
  figure, tr, .warning, .note { break-inside: avoid; }
  details:not([open]) { display: none; }
  a { color: inherit; text-decoration: none; }
}
`;
