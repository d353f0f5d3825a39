/**
 * The word that a misspelt one may be meant for: at most a third of its letters are to be inserted, left out, or replaced.
 *
 * @returns the nearest, the first of several; null where none is near
 */
export function nearestWord(word: string, words: readonly string[]): string | null {
  const measured = words.map((other) => ({
    other,
    distance: editDistance(word.toLowerCase(), other.toLowerCase()),
  }));
  const [nearest] = measured.sort((one, another) => one.distance - another.distance);
  return nearest !== undefined && nearest.distance <= Math.max(word.length, nearest.other.length) / 3
    ? nearest.other
    : null;
}

/** Levenshtein's distance, by rows: entry k of a row is the distance of the letters so far from the first k of `to`. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let k = 1; k <= to.length; k++) {
      const replaced = (row[k - 1] ?? 0) + (letter === to[k - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[k] ?? 0) + 1, (next[k - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
