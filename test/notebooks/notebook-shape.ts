import { codeCells, joinedText, type Notebook } from '../../lib/cli/jupyter/notebook-file.js';

/** What a lesson may measure. */
export const LIMITS = {
  codeCells: [12, 26],
  medianLines: 3,
  longestCell: 12,
  words: [900, 2000],
  figures: 6,
} as const;

/** Parts that every lesson has, in their order; section numbers may stand before a heading. */
const PARTS: readonly { readonly name: string; readonly heading: RegExp }[] = [
  { name: 'the words that are used', heading: /^## The words$/m },
  {
    name: 'could this be chance',
    heading: /^## (\d+\. )?Could this be chance\?$|^## 3\. Does it find nothing/m,
  },
  { name: 'where it breaks', heading: /^## Where it breaks$/m },
  { name: 'what did we learn', heading: /^## What did we learn\?$/m },
  { name: 'exercises', heading: /^## Try it$/m },
];

/** A number with decimals; papers are named by one, and so are places in a file. */
const DECIMALS = /(?<!arXiv )(?<![\w.])\d*\.\d+(?![\w.]*\d*\.)/g;

/** What is not as a lesson should be; empty when all is well. */
export function shapeProblems(notebook: Notebook): string[] {
  const prose = notebook.cells.flatMap((cell) =>
    cell.cell_type === 'markdown' ? [joinedText(cell.source)] : [],
  );
  const text = prose.join('\n\n');
  const cells = codeCells(notebook).map((cell) => joinedText(cell.source));
  return [
    ...openingProblems(prose[0] ?? ''),
    ...partProblems(text),
    ...sizeProblems(cells, text),
    ...codeProblems(cells),
    ...decimalProblems(text),
  ];
}

function openingProblems(opening: string): string[] {
  const [title = ''] = opening.split('\n');
  const words = opening.replace(/\s+/g, ' ');
  return [
    ...(/^# .+\?$/.test(title) ? [] : [`the title is no question: ${title}`]),
    ...(['**If it holds**', '**If they hold**'].some((one) => words.includes(one))
      ? []
      : ['the opening does not say what is expected if the claim holds']),
    ...(/\*\*What would refute (it|them)\*\*|What would refute it/.test(words)
      ? []
      : ['the opening does not say what would refute the claim']),
    ...(words.includes('You need:') ? [] : ['the opening does not say what is needed']),
  ];
}

function partProblems(text: string): string[] {
  const places = PARTS.map(({ heading }) => text.search(heading));
  const missing = PARTS.flatMap(({ name }, turn) =>
    (places[turn] ?? -1) < 0 ? [`there is no part: ${name}`] : [],
  );
  const ends = places.slice(2);
  return missing.length === 0 && ends.join() !== ends.toSorted((a, b) => a - b).join()
    ? ['where it breaks, what did we learn and the exercises are not in this order']
    : missing;
}

function sizeProblems(cells: readonly string[], text: string): string[] {
  const lines = cells.map((cell) => cell.split('\n').length).toSorted((a, b) => a - b);
  const median = lines[Math.floor((lines.length - 1) / 2)] ?? 0;
  const words = text.split(/\s+/).length;
  const within = (what: string, found: number, [least, most]: readonly [number, number]): string[] =>
    found < least || found > most ? [`${found} ${what}; expected ${least} to ${most}`] : [];
  return [
    ...within('code cells', cells.length, LIMITS.codeCells),
    ...within('words of prose', words, LIMITS.words),
    ...(median > LIMITS.medianLines
      ? [`the median code cell has ${median} lines; at most ${LIMITS.medianLines}`]
      : []),
    ...cells.flatMap((cell, turn) =>
      cell.split('\n').length > LIMITS.longestCell
        ? [`code cell ${turn + 1} has more than ${LIMITS.longestCell} lines`]
        : [],
    ),
    ...within('figures', cells.join('\n').split(/^\s*show\(/m).length - 1, [1, LIMITS.figures]),
  ];
}

function codeProblems(cells: readonly string[]): string[] {
  return cells.flatMap((cell, turn) => [
    ...[...cell.matchAll(/from '([^']+)'/g)].flatMap(([, name]) =>
      name === 'culture-lens' ? [] : [`code cell ${turn + 1} imports ${name}; only the library`],
    ),
    ...(/\bfunction\b/.test(cell)
      ? [`code cell ${turn + 1} defines a function: it belongs in the library`]
      : []),
  ]);
}

function decimalProblems(text: string): string[] {
  return [...text.matchAll(DECIMALS)].map(
    ([number]) => `the number ${number} stands in the prose: what is computed belongs in a cell's output`,
  );
}
