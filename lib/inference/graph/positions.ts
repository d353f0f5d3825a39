import { constantNumbers, fixedValues, type IsFixed, tensorOf } from './constants.js';
import { addSizes } from './dimensions.js';
import { ELEMENT, elementType } from './element-type.js';
import {
  allNodes,
  describeNode,
  type GraphIndex,
  inputOf,
  type PlacedNode,
  type Reader,
  type Value,
} from './graph-index.js';
import type { GraphLimit } from './limits.js';
import { becomeNode, integerAttribute } from './nodes.js';
import { Refusal } from './refusal.js';
import { editRotaryEmbedding } from './rotary-embedding.js';
import type { RowInputs } from './row-inputs.js';
import { sizesIn } from './sizes.js';

/** Inputs that say nothing but how long a row is, since a packed row has no padding. */
const SIZES_ONLY = new Set(['attention_mask']);

const COMPARING = new Set([
  'Equal',
  'Not',
  'Greater',
  'Less',
  'Cast',
  'Identity',
  'Where',
  'And',
  'Sub',
  'Mul',
]);

/**
 * Gives a graph that counts its own positions ours instead: the results of Range and CumSum.
 *
 * To be called once the masks are ours and what only they needed is gone: what still counts places then counts positions,
 * or makes a table of angles that positions are looked up in, which may stay.
 *
 * @returns the bounds that tables of angles set
 * @throws Refusal naming a count that is neither
 */
export function editPositions(
  index: GraphIndex,
  { inputs, pastLength }: { readonly inputs: RowInputs; readonly pastLength: 0 | 1 },
): GraphLimit[] {
  const isFixed = fixedValues(SIZES_ONLY);
  const limits: GraphLimit[] = [];
  for (const placed of allNodes(index)) {
    if (placed.node.opType === 'RotaryEmbedding') {
      limits.push(...editRotaryEmbedding(placed, { inputs, isFixed }));
      continue;
    }
    const count = placesCounted(placed, { isFixed, pastLength });
    if (count === null || usedAs(placed, isFixed) !== 'positions') {
      continue;
    }
    const { node } = placed;
    if (count.kind === 'unknown') {
      throw new Refusal(`${describeNode(node)}: it counts places in a way that is not known`);
    }
    const { shape, offset } = count;
    const counted = placed.scope.values.get(node.output[0] ?? '');
    const to = (counted && elementType(counted)) ?? ELEMENT.int64;
    becomeNode(node, 'Cast', {
      input: [inputs.positions({ shape, offset })],
      integers: { to },
    });
  }
  return limits;
}

type Count =
  | { readonly kind: 'known'; readonly shape: 'row' | 'batch'; readonly offset: number }
  | { readonly kind: 'unknown' };

const UNKNOWN: Count = { kind: 'unknown' };

/** How a node counts the places of a row; null if it does not. */
function placesCounted(
  placed: PlacedNode,
  { isFixed, pastLength }: { readonly isFixed: IsFixed; readonly pastLength: 0 | 1 },
): Count | null {
  const { node } = placed;
  if (node.opType === 'Range') {
    const [start, limit, step] = [0, 1, 2].map((input) => sizesIn(inputOf(placed, input))?.[0] ?? null);
    if (!start || !limit || !step) {
      return UNKNOWN;
    }
    const { batch, row, past, constant } = addSizes(limit, start, -1);
    if (row === 0) {
      return null;
    }
    const wholeRow = row === 1 && batch === 0 && constant === 0 && (past === 0 || pastLength === 0);
    const startsAtFirst = start.row === 0 && start.batch === 0 && step.constant === 1;
    return wholeRow && startsAtFirst ? { kind: 'known', shape: 'row', offset: start.constant } : UNKNOWN;
  }
  if (node.opType === 'CumSum') {
    const counted = inputOf(placed, 0);
    if (counted === null || !(isFixed(counted) || tellsPadding(counted))) {
      return null;
    }
    const forward = integerAttribute(node, 'reverse', 0) === 0;
    const known = forward && pastLength === 0 && isMask(counted);
    const offset = 1 - integerAttribute(node, 'exclusive', 0);
    return known ? { kind: 'known', shape: 'batch', offset } : UNKNOWN;
  }
  // A table of angles cut to the length of the row, one row of it for each place.
  const table = node.opType === 'Slice' ? tensorOf(inputOf(placed, 0)) : null;
  return table !== null && table.dims.length > 1 && constantNumbers(inputOf(placed, 2)) === null
    ? UNKNOWN
    : null;
}

/** Whether a value is the attention mask itself, in whatever type: all ones, `[1, S]`. */
function isMask(value: Value): boolean {
  for (let at: Value | null = value; at !== null; ) {
    if (at.input?.name === 'attention_mask') {
      return true;
    }
    const { node, scope }: Value = at;
    at = node?.opType === 'Cast' || node?.opType === 'Identity' ? inputOf({ node, scope }, 0) : null;
  }
  return false;
}

/** Whether a value is made of the token ids alone, by comparing them: places that are not padding. */
function tellsPadding(value: Value): boolean {
  const { input, node, scope } = value;
  if (node === null) {
    return input?.name === 'input_ids';
  }
  const sources = node.input.flatMap((_, index) => inputOf({ node, scope }, index) ?? []);
  return COMPARING.has(node.opType) && sources.some(tellsPadding);
}

/** Where a count of places ends up: among the numbers of the model, or in a table from which positions pick. */
function usedAs({ node, scope }: PlacedNode, isFixed: IsFixed): 'positions' | 'table' | null {
  const uses = new Set<'positions' | 'table'>();
  const seen = new Set<Value>();
  const open = node.output.map((name) => scope.values.get(name));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) {
      continue;
    }
    seen.add(at);
    if (at.isOutput) {
      uses.add('positions');
    }
    for (const reader of at.readers) {
      if (reader.node.opType === 'Shape') {
        continue;
      }
      const results = reader.node.output.flatMap((name) => reader.scope.values.get(name) ?? []);
      if (isLookUp(reader)) {
        uses.add('table');
      } else if (results.some((result) => isFixed(result))) {
        open.push(...results);
      } else {
        uses.add('positions');
      }
    }
  }
  return uses.has('positions') ? 'positions' : uses.has('table') ? 'table' : null;
}

/** Whether a value is the table of a look-up whose rows are picked by something that varies. */
function isLookUp({ node, scope, input }: Reader): boolean {
  return node.opType === 'Gather' && input === 0 && constantNumbers(inputOf({ node, scope }, 1)) === null;
}
