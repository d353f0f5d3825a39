import { ELEMENT } from './element-type.js';
import type { GraphIndex } from './graph-index.js';

/** Shapes, indices and masks are integers too, but of these types. */
const NO_WEIGHT: ReadonlySet<number> = new Set([ELEMENT.int32, ELEMENT.int64, ELEMENT.bool]);
const FLOATING: ReadonlySet<number> = new Set([
  ELEMENT.float32,
  ELEMENT.float16,
  ELEMENT.bfloat16,
  ELEMENT.float64,
]);

/** Whether any weight is stored in 8 bits or fewer. */
export function hasQuantisedWeights({ scopes }: GraphIndex): boolean {
  return scopes.some(({ graph }) =>
    graph.initializer.some(({ dataType }) => !FLOATING.has(dataType) && !NO_WEIGHT.has(dataType)),
  );
}
