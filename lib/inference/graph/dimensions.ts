import { inputOf, type Value } from './graph-index.js';
import { integerAttribute } from './nodes.js';
import type { ValueInfoProto } from './onnx_pb.js';

/** A size as a sum: so many times the batch, the row, the past, and a number. */
export interface Size {
  readonly batch: number;
  readonly row: number;
  readonly past: number;
  readonly constant: number;
}

const NOTHING: Size = { batch: 0, row: 0, past: 0, constant: 0 };
const BATCH: Size = { ...NOTHING, batch: 1 };
const ROW: Size = { ...NOTHING, row: 1 };
const PAST: Size = { ...NOTHING, past: 1 };

/** A size that does not vary. */
export const fixedSize = (constant: number): Size => ({ ...NOTHING, constant });

/** `one + factor * other` */
export function addSizes(one: Size, other: Size, factor = 1): Size {
  return {
    batch: one.batch + factor * other.batch,
    row: one.row + factor * other.row,
    past: one.past + factor * other.past,
    constant: one.constant + factor * other.constant,
  };
}

const SHAPE_OF_FIRST = new Set([
  ...['Mul', 'Add', 'Sub', 'Div', 'Pow', 'Sqrt', 'Cast', 'Identity', 'LayerNormalization', 'Where'],
  ...['SimplifiedLayerNormalization', 'RMSNormalization', 'SkipLayerNormalization', 'CumSum'],
  'SkipSimplifiedLayerNormalization',
]);

/** Sizes of a tensor; null where its rank cannot be told, or in place of a size that cannot. */
export function dimensionsOf(value: Value | null): (Size | null)[] | null {
  if (value === null) {
    return null;
  }
  if (value.tensor !== null) {
    return value.tensor.dims.map((size) => fixedSize(Number(size)));
  }
  if (value.input !== null) {
    return inputDimensions(value.input);
  }
  return declaredDimensions(value) ?? computedDimensions(value);
}

function inputDimensions({ name, type }: ValueInfoProto): (Size | null)[] | null {
  const declared = type?.tensorType?.shape?.dim ?? [];
  if (name === 'input_ids' || name === 'position_ids') {
    return [BATCH, ROW];
  }
  if (name === 'attention_mask') {
    return [BATCH, addSizes(PAST, ROW)];
  }
  return declared.map(({ value }, axis) => {
    if (value.case === 'dimValue') {
      return fixedSize(Number(value.value));
    }
    return axis === 0 ? BATCH : /past|sequence|length/.test(value.value ?? '') ? PAST : null;
  });
}

/** What the file declares, as far as it uses the names that the sizes of `input_ids` have. */
function declaredDimensions({ name, scope }: Value): (Size | null)[] | null {
  const declared = scope.graph.valueInfo.find((info) => info.name === name)?.type?.tensorType?.shape?.dim;
  const ids = scope.graph.input.find((input) => input.name === 'input_ids')?.type?.tensorType?.shape?.dim;
  const [batch, row] = [ids?.[0]?.value, ids?.[1]?.value];
  return (
    declared?.map(({ value }) => {
      if (value.case === 'dimValue') {
        return fixedSize(Number(value.value));
      }
      return value.case === 'dimParam' && value.value === batch?.value
        ? BATCH
        : value.case === 'dimParam' && value.value === row?.value
          ? ROW
          : null;
    }) ?? null
  );
}

function computedDimensions({ node, scope }: Value): (Size | null)[] | null {
  if (node === null) {
    return null;
  }
  const placed = { node, scope };
  if (node.opType === 'Gather') {
    const axis = integerAttribute(node, 'axis', 0);
    const [data, indices] = [dimensionsOf(inputOf(placed, 0)), dimensionsOf(inputOf(placed, 1))];
    return data && indices ? [...data.slice(0, axis), ...indices, ...data.slice(axis + 1)] : null;
  }
  if (node.opType === 'GatherBlockQuantized') {
    return [...(dimensionsOf(inputOf(placed, 1)) ?? []), null];
  }
  if (SHAPE_OF_FIRST.has(node.opType)) {
    const ranked = node.input.flatMap((_, input) => {
      const dimensions = dimensionsOf(inputOf(placed, input));
      return dimensions === null ? [] : [dimensions];
    });
    return ranked.reduce<(Size | null)[] | null>(
      (most, one) => (most === null || one.length > most.length ? one : most),
      null,
    );
  }
  return null;
}
