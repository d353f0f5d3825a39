import type { RandomGenerator } from '../random.js';

/** How often each group and each row was drawn, one replicate after the other. */
export interface Draws {
  /** replicates x groups. */
  readonly groupWeights: Float32Array;
  /** replicates x rows; all 1 where rows are fixed. */
  readonly rowWeights: Float32Array;
}

/**
 * Draws groups, and rows unless they are fixed, with replacement, as many as there are. The numbers depend on the generator
 * alone, not on how replicates are divided among calls.
 */
export function drawReplicates(input: {
  readonly count: number;
  readonly groups: number;
  readonly rows: number;
  readonly resampleRows: boolean;
  readonly random: RandomGenerator;
}): Draws {
  const { count, groups, rows, resampleRows, random } = input;
  const groupWeights = new Float32Array(count * groups);
  const rowWeights = new Float32Array(count * rows).fill(resampleRows ? 0 : 1);
  for (let replicate = 0; replicate < count; replicate += 1) {
    drawInto(groupWeights.subarray(replicate * groups, (replicate + 1) * groups), random);
    if (resampleRows) {
      drawInto(rowWeights.subarray(replicate * rows, (replicate + 1) * rows), random);
    }
  }
  return { groupWeights, rowWeights };
}

function drawInto(weights: Float32Array, random: RandomGenerator): void {
  for (let draw = 0; draw < weights.length; draw += 1) {
    const drawn = random.integerBelow(weights.length);
    weights[drawn] = (weights[drawn] ?? 0) + 1;
  }
}
