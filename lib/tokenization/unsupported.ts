// From the README of @huggingface/tokenizers 0.2.0: constructs whose result differs from Python's `tokenizers`.
const SPLIT_BEHAVIOURS = new Set(['MergedWithPrevious', 'MergedWithNext', 'Contiguous']);
const REGEX_CONSTRUCTS: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /\\G/, name: 'the anchor \\G' },
  { pattern: /\[\[[.=]/, name: 'a POSIX collating or equivalence class' },
  { pattern: /\(\?>/, name: 'an atomic group' },
];
// Searched for outside of character classes, where "*+" is two characters; "\\++" is an escaped plus, repeated.
const POSSESSIVE = /(?<!\\)(?:[*+?]|\{\d+(?:,\d*)?\})\+/;
const CHARACTER_CLASS = /\[(?:\\.|[^\]\\])*\]/g;

/**
 * Lists what a parsed tokenizer.json uses that the tokenizer library does not reproduce exactly.
 *
 * @returns one phrase for each construct, naming the place in the file; empty when all is well
 */
export function unsupportedConstructs(definition: unknown): string[] {
  const found: string[] = [];
  visit(definition, [], found);
  return found;
}

function visit(value: unknown, place: readonly string[], found: string[]): void {
  if (value === null || typeof value !== 'object') {
    return;
  }
  const record = value as Record<string, unknown>;
  const where = place.join('.');
  if (
    record.type === 'Split' &&
    typeof record.behavior === 'string' &&
    SPLIT_BEHAVIOURS.has(record.behavior)
  ) {
    found.push(`${where}.behavior is ${record.behavior}`);
  }
  const { pattern } = record;
  const regex = (pattern as { Regex?: unknown } | null | undefined)?.Regex;
  if (typeof regex === 'string') {
    for (const construct of REGEX_CONSTRUCTS) {
      if (construct.pattern.test(regex)) {
        found.push(`${where}.pattern holds ${construct.name}`);
      }
    }
    if (POSSESSIVE.test(regex.replaceAll(CHARACTER_CLASS, 'x'))) {
      found.push(`${where}.pattern holds a possessive quantifier`);
    }
  }
  for (const [key, child] of Object.entries(record)) {
    // The vocabulary and the merges are data, large, and hold no patterns.
    if (key !== 'vocab' && key !== 'merges') {
      visit(child, [...place, key], found);
    }
  }
}
