import { constantNumbers } from '../constants.js';
import { elementType } from '../element-type.js';
import { describeNode, inputOf, type PlacedNode, type Value } from '../graph-index.js';
import { becomeNode } from '../nodes.js';
import { Refusal } from '../refusal.js';
import type { AttentionContext, AttentionFound } from './attention-found.js';
import { requireMask } from './mask-terms.js';

/** A node that masks attention scores: `Add(scores, mask)`, `Sub(scores, mask)` or `Where(condition, scores, hidden)`. */
interface MaskNode extends PlacedNode {
  readonly scores: Value;
  /** The term added, or the condition. */
  readonly mask: Value;
}

/** Where the way up from a Softmax leads. */
type ScorePath =
  /** To the product of queries and keys; the mask nodes passed, the last applied first. */
  | { readonly kind: 'attention'; readonly masks: readonly MaskNode[] }
  /** To a product with weights: a router. */
  | { readonly kind: 'projection' }
  | { readonly kind: 'unknown'; readonly reason: string };

const PASSED = new Set([
  ...['Identity', 'Cast', 'Reshape', 'Squeeze', 'Unsqueeze', 'Transpose', 'Flatten', 'Expand'],
  ...['Dropout', 'Tanh', 'Clip'],
]);
const SCALED = new Set(['Mul', 'Div', 'Max', 'Min']);
const PRODUCTS = new Set(['MatMul', 'FusedMatMul', 'Einsum']);
const PROJECTIONS = new Set([
  ...['Gemm', 'MatMulNBits', 'MatMulBnb4', 'MatMulInteger', 'MatMulIntegerToFloat'],
  'DynamicQuantizeMatMul',
]);

/**
 * Edits attention that is written out: the Softmax between Q·K and V. The mask that is applied last becomes ours; masks
 * applied before it are left out.
 *
 * @returns null for a Softmax that is no attention (the router of a mixture of experts)
 */
export function editPlainAttention(placed: PlacedNode, context: AttentionContext): AttentionFound | null {
  const whose = describeNode(placed.node);
  const scores = inputOf(placed, 0);
  const path: ScorePath =
    scores === null ? { kind: 'unknown', reason: 'it has no input' } : followScores(scores, context);
  if (path.kind === 'projection' || (path.kind === 'unknown' && !weighsValues(placed, context))) {
    return null;
  }
  if (path.kind === 'unknown') {
    throw new Refusal(`${whose}: ${path.reason}`);
  }
  const [last, ...earlier] = path.masks;
  if (last === undefined) {
    throw new Refusal(`${whose}: attention without a mask`);
  }
  for (const { mask, node } of path.masks) {
    requireMask(mask, describeNode(node));
  }
  const masked = last.node.opType === 'Where' ? last.scores : last.mask;
  const type = elementType(masked) ?? elementType(last.scores);
  becomeNode(last.node, 'Add', { input: [last.scores.name, context.inputs.bias(type, whose)] });
  for (const { node, scores: before } of earlier) {
    becomeNode(node, 'Identity', { input: [before.name] });
  }
  return { operator: 'Softmax', heads: null, pastLength: 0, keepsWindow: false, limits: [] };
}

/** Goes up from a Softmax to Q·K. Only what does not tell one pair of places from another may stand between. */
function followScores(value: Value, { isFixed }: AttentionContext): ScorePath {
  const follow = (at: Value | null, masks: readonly MaskNode[]): ScorePath => {
    if (at === null || at.node === null) {
      return { kind: 'unknown', reason: `its scores come from ${at?.name ?? 'nowhere'}` };
    }
    const { node, scope } = at;
    const placed = { node, scope };
    const [first, second] = [inputOf(placed, 0), inputOf(placed, 1)];
    const unknown: ScorePath = { kind: 'unknown', reason: `its scores come through ${describeNode(node)}` };
    if (PRODUCTS.has(node.opType)) {
      const fixed = first === null || second === null || isFixed(first) || isFixed(second);
      return fixed ? { kind: 'projection' } : { kind: 'attention', masks };
    }
    if (PROJECTIONS.has(node.opType)) {
      return { kind: 'projection' };
    }
    if (PASSED.has(node.opType)) {
      return follow(first, masks);
    }
    if (SCALED.has(node.opType) && first !== null && second !== null) {
      const scaled = isFixed(second) ? first : node.opType !== 'Div' && isFixed(first) ? second : null;
      return scaled === null ? unknown : follow(scaled, masks);
    }
    for (const mask of maskReadings(placed)) {
      if (isSingleConstant(mask.mask)) {
        return follow(mask.scores, masks);
      }
      const path = follow(mask.scores, [...masks, mask]);
      if (path.kind !== 'unknown') {
        return path;
      }
    }
    return unknown;
  };
  return follow(value, []);
}

/** The ways in which a node may be read as "scores, masked". */
function maskReadings({ node, scope }: PlacedNode): MaskNode[] {
  const reading = (scores: number, mask: number): MaskNode[] => {
    const found = [inputOf({ node, scope }, scores), inputOf({ node, scope }, mask)];
    return found[0] && found[1] ? [{ node, scope, scores: found[0], mask: found[1] }] : [];
  };
  switch (node.opType) {
    case 'Add':
      return [...reading(0, 1), ...reading(1, 0)];
    case 'Sub':
      return reading(0, 1);
    case 'Where':
      return [
        ...(isSingleConstant(inputOf({ node, scope }, 2)) ? reading(1, 0) : []),
        ...(isSingleConstant(inputOf({ node, scope }, 1)) ? reading(2, 0) : []),
      ];
    default:
      return [];
  }
}

function isSingleConstant(value: Value | null): boolean {
  return constantNumbers(value)?.length === 1;
}

/** Whether the result of a Softmax weighs values: whether it reaches a product with something that was fed. */
function weighsValues({ node, scope }: PlacedNode, { isFixed }: AttentionContext): boolean {
  const open = [scope.values.get(node.output[0] ?? '')];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const reader of at.readers) {
      if (PRODUCTS.has(reader.node.opType)) {
        const other = inputOf(reader, 1 - reader.input);
        if (other !== null && !isFixed(other)) {
          return true;
        }
      } else if (PASSED.has(reader.node.opType) || reader.node.opType === 'Where') {
        open.push(...reader.node.output.flatMap((name) => reader.scope.values.get(name) ?? []));
      }
    }
  }
  return false;
}
