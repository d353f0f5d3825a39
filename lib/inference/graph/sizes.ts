import { constantNumbers, tensorNumbers } from './constants.js';
import { addSizes, dimensionsOf, fixedSize, type Size } from './dimensions.js';
import { inputOf, type Value } from './graph-index.js';
import { attributeOf, integerAttribute } from './nodes.js';

const PASSED = new Set(['Cast', 'Identity', 'Squeeze', 'Unsqueeze', 'Reshape']);

/**
 * The sizes that a value of a few integers holds, as they follow from the sizes of the graph's inputs.
 *
 * @returns null for a value, or in place of an entry, that cannot be told
 */
export function sizesIn(value: Value | null): (Size | null)[] | null {
  const constant = constantNumbers(value);
  if (constant !== null) {
    return constant.map(fixedSize);
  }
  if (value?.node == null) {
    return null;
  }
  const { node, scope } = value;
  const placed = { node, scope };
  const first = inputOf(placed, 0);
  if (PASSED.has(node.opType)) {
    return sizesIn(first);
  }
  switch (node.opType) {
    case 'Shape': {
      const dimensions = dimensionsOf(first);
      const end = attributeOf(node, 'end')?.i;
      return (
        dimensions?.slice(integerAttribute(node, 'start', 0), end === undefined ? undefined : Number(end)) ??
        null
      );
    }
    case 'Gather': {
      const sizes = sizesIn(first);
      const picked = constantNumbers(inputOf(placed, 1));
      return sizes && picked ? picked.map((index) => sizes.at(index) ?? null) : null;
    }
    case 'Slice': {
      const [start, end] = [1, 2].map((input) => constantNumbers(inputOf(placed, input))?.[0]);
      return start === undefined || end === undefined ? null : (sizesIn(first)?.slice(start, end) ?? null);
    }
    case 'Concat': {
      const parts = node.input.map((_, input) => sizesIn(inputOf(placed, input)));
      return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
    }
    case 'Add':
    case 'Sub': {
      const [one] = sizesIn(first) ?? [];
      const [other] = sizesIn(inputOf(placed, 1)) ?? [];
      return one && other ? [addSizes(one, other, node.opType === 'Add' ? 1 : -1)] : null;
    }
    case 'ReduceMax': {
      const filling = numberFilledWith(first);
      return filling === null ? null : [fixedSize(filling)];
    }
    default:
      return null;
  }
}

/** The number that a tensor of whatever sizes is filled with: how often each of its entries repeats something, say. */
function numberFilledWith(value: Value | null): number | null {
  if (value?.node?.opType !== 'ConstantOfShape') {
    return null;
  }
  const filling = attributeOf(value.node, 'value')?.t;
  return filling === undefined ? 0 : (tensorNumbers(filling)?.[0] ?? null);
}
