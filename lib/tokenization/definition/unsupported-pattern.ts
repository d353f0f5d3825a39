// From the README of @huggingface/tokenizers 0.2.0: constructs whose matches differ from Oniguruma's.
const REGEX_CONSTRUCTS: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /\\G/, name: 'the anchor \\G' },
  { pattern: /\[\[[.=]/, name: 'a POSIX collating or equivalence class' },
  { pattern: /\(\?>/, name: 'an atomic group' },
];
// Searched for outside of character classes, where "*+" is two characters; "\\++" is an escaped plus, repeated.
const POSSESSIVE = /(?<!\\)(?:[*+?]|\{\d+(?:,\d*)?\})\+/;
const CHARACTER_CLASS = /\[(?:\\.|[^\]\\])*\]/g;

/** Names the constructs of a pattern that the tokenizer library does not match as Python does. */
export function unsupportedInPattern(regex: string): string[] {
  const found = REGEX_CONSTRUCTS.filter(({ pattern }) => pattern.test(regex)).map(({ name }) => name);
  return POSSESSIVE.test(regex.replaceAll(CHARACTER_CLASS, 'x'))
    ? [...found, 'a possessive quantifier']
    : found;
}
