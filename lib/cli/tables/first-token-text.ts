import type { FirstTokenAnswer, FirstTokenCheck } from '../../runs/first-token/first-token-record.js';
import { formatNumber, textTable } from './text-table.js';

const EXAMPLE_COLUMNS = ['item', 'country', 'order', 'letter (p̂)', 'wrote'].map((title) => ({
  title,
  align: 'left' as const,
}));
const LONGEST_ANSWER = 60;

/** What the check of first tokens found, for a terminal. */
export function firstTokenText(check: FirstTokenCheck): string {
  const { share, interval, named, same, n } = check;
  const unreadable = check.unreadable.reduce((sum, { prompts }) => sum + prompts, 0);
  const range =
    interval === null ? '' : ` [${formatNumber(interval.low, 2)}, ${formatNumber(interval.high, 2)}]`;
  return [
    `${check.model}: ${count(n)} of ${count(check.population)} prompts, drawn by seed ${check.seed}; greedy answers of at ` +
      `most ${check.tokens} tokens`,
    '',
    `answers that name an option: ${count(named)} of ${count(n)}`,
    ...check.unnamed.map(({ reason, prompts }) => `  not named in ${count(prompts)}: ${reason}`),
    ...(unreadable === 0 ? [] : [`letters that cannot be read: ${count(unreadable)}`]),
    ...check.unreadable.map(({ reason, prompts }) => `  ${count(prompts)}: ${reason}`),
    share === null
      ? 'that of the most probable letter: – (no answer names an option)'
      : `that of the most probable letter: ${count(same)} of these ${count(named)}, ${formatNumber(share, 3)}${range}`,
    '',
    textTable(EXAMPLE_COLUMNS, check.examples.map(exampleCells)),
    '',
    "The interval is Wilson's, 95 %, over prompts drawn like these: countries of one item answer alike, so it is rather too " +
      'narrow. Where few answers name an option, or few the same, letters tell what the model prefers among letters, not ' +
      'what it would write.',
  ].join('\n');
}

function exampleCells({
  variable,
  country,
  order,
  letter,
  probability,
  text,
  written,
}: FirstTokenAnswer): string[] {
  const quoted = JSON.stringify(text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)} …` : text);
  return [
    ...[variable, country ?? '–', order, `${letter} (${formatNumber(probability, 2)})`],
    `${quoted} → ${written ?? 'none'}`,
  ];
}

function count(value: number): string {
  return value.toLocaleString('en');
}
