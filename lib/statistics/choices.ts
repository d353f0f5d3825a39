/** All ways to choose `size` of the numbers 0 to n - 1, each in rising order. */
export function* choices(n: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= n - size; first += 1) {
    for (const rest of choices(n, size - 1, first + 1)) {
      yield [first, ...rest];
    }
  }
}

/** How many ways there are to choose k of n, for numbers that float64 holds exactly. */
export function binomial(n: number, k: number): number {
  let result = 1;
  for (let factor = 1; factor <= Math.min(k, n - k); factor += 1) {
    result = (result * (n - Math.min(k, n - k) + factor)) / factor;
  }
  return Math.round(result);
}
