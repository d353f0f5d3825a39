import { InputError } from '../../files/input-error.js';

/**
 * Solves A v = b for a small symmetric positive definite A by Cholesky's decomposition, A = L Lᵀ.
 *
 * @param matrix k x k, row-major; only the lower triangle is read
 * @throws InputError when the matrix is not positive definite
 */
export function solvePositiveDefinite(matrix: Float64Array, b: Float64Array): Float64Array {
  const k = b.length;
  const lower = new Float64Array(k * k);
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = matrix[i * k + j] ?? 0;
      for (let m = 0; m < j; m += 1) {
        rest -= (lower[i * k + m] ?? 0) * (lower[j * k + m] ?? 0);
      }
      if (i === j && !(rest > 0)) {
        throw new InputError(
          `solvePositiveDefinite needs a positive definite matrix, found ${rest} at pivot ${i}.`,
        );
      }
      lower[i * k + j] = i === j ? Math.sqrt(rest) : rest / (lower[j * k + j] ?? 1);
    }
  }
  const v = b.slice();
  for (let i = 0; i < k; i += 1) {
    for (let m = 0; m < i; m += 1) {
      v[i] = (v[i] ?? 0) - (lower[i * k + m] ?? 0) * (v[m] ?? 0);
    }
    v[i] = (v[i] ?? 0) / (lower[i * k + i] ?? 1);
  }
  for (let i = k - 1; i >= 0; i -= 1) {
    for (let m = i + 1; m < k; m += 1) {
      v[i] = (v[i] ?? 0) - (lower[m * k + i] ?? 0) * (v[m] ?? 0);
    }
    v[i] = (v[i] ?? 0) / (lower[i * k + i] ?? 1);
  }
  return v;
}
