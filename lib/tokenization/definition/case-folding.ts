// The two letters beyond ASCII that fold to one of ASCII, in any pattern that Python matches without regard to case.
const FOLDS: Readonly<Record<string, string>> = { s: '\u017F', k: '\u212A' };
const GROUP = /\(\?i:((?:[^()[\]\\]|\[[^\][\\^&-]*\])*)\)/g;

/**
 * Spells out the groups of a pattern that disregard case, `(?i:'s|[dm])` as `(?:'[sS\u017F]|[dDmM])`: the tokenizer library
 * folds ASCII letters alone.
 *
 * A group stays as it is when it holds more than letters, signs, and classes of these.
 */
export function spellOutCases(pattern: string): string {
  return pattern.replaceAll(
    GROUP,
    (_, inner: string) => `(?:${inner.replace(/\[[^\]]*\]|[A-Za-z]/g, bothCases)})`,
  );
}

/** Whether a pattern disregards case in a way that cannot be spelled out. */
export function foldsBeyondLetters(pattern: string): boolean {
  return /\(\?[a-z]*i/.test(spellOutCases(pattern));
}

function bothCases(atom: string): string {
  const letters = atom.startsWith('[') ? atom.slice(1, -1) : atom;
  const all = [...letters].flatMap((letter) => {
    const lower = letter.toLowerCase();
    return lower === letter.toUpperCase() ? [letter] : [lower, letter.toUpperCase(), FOLDS[lower] ?? ''];
  });
  return `[${all.join('')}]`;
}
