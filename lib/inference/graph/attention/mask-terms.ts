import { constantNumbers, tensorOf } from '../constants.js';
import { ELEMENT, elementType } from '../element-type.js';
import { describeNode, findValue, type Value } from '../graph-index.js';
import { Refusal } from '../refusal.js';

// What masks are computed with. A term with anything else in it may be a bias that the model has learned.
const MASK_OPERATORS = new Set([
  ...['Shape', 'Size', 'Constant', 'ConstantOfShape', 'Range', 'CumSum', 'Trilu', 'Cast', 'Identity'],
  ...['Gather', 'GatherND', 'Slice', 'Concat', 'Split', 'ScatterND', 'Pad', 'Tile', 'Expand', 'Flatten'],
  ...['Reshape', 'Squeeze', 'Unsqueeze', 'Transpose', 'Where', 'Equal', 'Less', 'LessOrEqual', 'Greater'],
  ...[
    'GreaterOrEqual',
    'And',
    'Or',
    'Not',
    'Xor',
    'IsNaN',
    'IsInf',
    'Add',
    'Sub',
    'Mul',
    'Div',
    'Mod',
    'Neg',
  ],
  ...['Max', 'Min', 'Clip', 'ReduceSum', 'ReduceMax', 'ReduceMin', 'ReduceProd'],
]);
const FLOATS = new Set<number | null>([ELEMENT.float32, ELEMENT.float64, ELEMENT.float16, ELEMENT.bfloat16]);
/** From here on a number in a mask means "hidden". */
const LARGE = 1e3;

/**
 * Makes sure that a term added to attention scores is a mask: 0 where a place is visible, far below 0 elsewhere, decided by
 * places and padding alone. Then a mask of ours can stand in its place.
 *
 * @throws Refusal naming what else is in it: ALiBi, a relative bias, an operator that masks do not have
 */
export function requireMask(term: Value, whose: string): void {
  const seen = new Set<Value>();
  const open: Value[] = [term];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) {
      continue;
    }
    seen.add(at);
    requireMaskNumbers(at, whose);
    const { node, scope } = at;
    if (node === null || node.opType === 'Shape' || node.opType === 'Size') {
      continue;
    }
    if (!MASK_OPERATORS.has(node.opType)) {
      throw new Refusal(
        `${whose}: the term added to the attention scores is not a mask alone, it comes from ${describeNode(node)}`,
      );
    }
    open.push(...node.input.flatMap((name) => findValue(scope, name) ?? []));
  }
}

/** Constants of a mask are switches and "hidden"; slopes (ALiBi) and learned tables are neither. */
function requireMaskNumbers(value: Value, whose: string): void {
  const tensor = tensorOf(value);
  const isConstant = tensor !== null || value.node?.opType === 'Constant';
  if (!isConstant || !FLOATS.has(elementType(value))) {
    return;
  }
  const numbers = constantNumbers(value);
  const odd = numbers?.find((number) => number !== 0 && Math.abs(number) !== 1 && Math.abs(number) < LARGE);
  if (numbers === null || odd !== undefined) {
    throw new Refusal(
      `${whose}: a bias that depends on the distance of two tokens (ALiBi) or was learned is added to the attention ` +
        `scores, from ${value.name}${odd === undefined ? '' : `, which holds ${odd}`}`,
    );
  }
}
