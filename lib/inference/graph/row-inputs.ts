import { ELEMENT } from './element-type.js';
import { type Dimension, declareTensor, makeNode } from './nodes.js';
import type { GraphProto } from './onnx_pb.js';
import { Refusal } from './refusal.js';

/** An input that an edit has added and that wants the positions of a row. */
export interface PositionInput {
  readonly name: string;
  readonly type: 'int64';
  /** `row`: `[S]`; `batch`: `[1, S]`. */
  readonly shape: 'row' | 'batch';
  /** What a first token counts as. */
  readonly offset: number;
}

/** The inputs of a packed row, declared as the edits ask for them. */
export interface RowInputs {
  /** Name under which nodes of an element type find the tree mask. @throws Refusal where no mask of that type can be fed */
  bias(elementType: number | null, whose: string): string;
  /** Name of an input with positions; the export's own `position_ids` where it serves. */
  positions(wanted: Pick<PositionInput, 'shape' | 'offset'>): string;
  /** Declares what was asked for, the mask in any case. */
  declare(): DeclaredInputs;
}

/** What {@link RowInputs.declare} has added to the graph. */
export interface DeclaredInputs {
  readonly bias: { readonly name: string; readonly type: 'float32' | 'float16' };
  readonly positions: readonly PositionInput[];
}

const BIAS = 'packed_row.bias';
const BIAS_TYPES = new Map<number, string>([
  [ELEMENT.float32, 'float32'],
  [ELEMENT.float16, 'float16'],
  [ELEMENT.bfloat16, 'bfloat16'],
]);

/** Collects the inputs that the nodes of a graph need for packed rows. */
export function rowInputs(graph: GraphProto): RowInputs {
  const biasTypes = new Set<number>();
  const positions: PositionInput[] = [];
  const biasName = (elementType: number): string => `${BIAS}.${BIAS_TYPES.get(elementType)}`;
  const places = placesDimension(graph);
  const ownPositions = graph.input.find(({ name }) => name === 'position_ids')?.type?.tensorType;
  return {
    bias: (elementType, whose) => {
      if (elementType === null || !BIAS_TYPES.has(elementType)) {
        throw new Refusal(
          `${whose}: attention in element type ${elementType ?? 'unknown'} of ONNX, expected a float`,
        );
      }
      biasTypes.add(elementType);
      return biasName(elementType);
    },
    positions: (wanted) => {
      const rank = ownPositions?.elemType === ELEMENT.int64 ? ownPositions.shape?.dim.length : null;
      if (rank === 2 && wanted.shape === 'batch' && wanted.offset === 0) {
        return 'position_ids';
      }
      const name = `packed_row.positions.${wanted.shape}.from_${wanted.offset}`;
      if (positions.every((input) => input.name !== name)) {
        positions.push({ name, type: 'int64', ...wanted });
      }
      return name;
    },
    declare: () => {
      // Fed in the narrowest type, since a number that is finite there is finite in the others.
      const fed = biasTypes.has(ELEMENT.float16) ? ELEMENT.float16 : ELEMENT.float32;
      const name = biasName(fed);
      graph.input.push(declareTensor(name, fed, [1, 1, places, null]));
      const others = [...biasTypes].filter((other) => other !== fed);
      graph.node.unshift(
        ...others.map((to) => makeNode('Cast', { input: [name], output: [biasName(to)], integers: { to } })),
      );
      for (const input of positions) {
        const dimensions: Dimension[] = input.shape === 'row' ? [places] : [1, places];
        graph.input.push(declareTensor(input.name, ELEMENT.int64, dimensions));
      }
      return { bias: { name, type: fed === ELEMENT.float16 ? 'float16' : 'float32' }, positions };
    },
  };
}

/** What the graph itself calls the number of places, so that onnxruntime sees that sizes agree. */
function placesDimension(graph: GraphProto): Dimension {
  const ids = graph.input.find(({ name }) => name === 'input_ids');
  const size = ids?.type?.tensorType?.shape?.dim[1]?.value;
  return size?.case === 'dimParam' ? size.value : null;
}
