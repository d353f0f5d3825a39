import { ELEMENT } from './element-type.js';
import { declareTensor, integerTensor, makeNode } from './nodes.js';
import type { GraphProto } from './onnx_pb.js';

/** Inputs that say what is read from a packed row: places int64 `[R]`, option tokens int64 `[R, K]`. */
export interface ReadInputs {
  readonly places: string;
  readonly optionTokens: string;
}

/** What an edited graph returns: float32 `[R, K]`, float32 `[R, T]`, int64 `[R, T]`. */
export interface ReadOutputs {
  readonly optionLogProbs: string;
  readonly topLogProbs: string;
  readonly topTokens: string;
}

export const READ_INPUTS: ReadInputs = {
  places: 'packed_row.read_places',
  optionTokens: 'packed_row.option_tokens',
};
export const READ_OUTPUTS: ReadOutputs = {
  optionLogProbs: 'packed_row.option_log_probs',
  topLogProbs: 'packed_row.top_log_probs',
  topTokens: 'packed_row.top_tokens',
};
const [READS, OPTIONS] = ['packed_row.reads', 'packed_row.options'];

/** Declares the inputs that say what is read. */
export function declareReads(graph: GraphProto): void {
  graph.input.push(
    declareTensor(READ_INPUTS.places, ELEMENT.int64, [READS]),
    declareTensor(READ_INPUTS.optionTokens, ELEMENT.int64, [READS, OPTIONS]),
  );
}

/**
 * Adds what turns logits into the few numbers that are wanted, and makes these the graph's only outputs.
 *
 * Log-probabilities are computed in float32 whatever the type of the logits.
 *
 * @param logits name of the logits at the places read, `[1, R, V]`
 */
export function returnReadings(
  graph: GraphProto,
  { logits, topTokens }: { readonly logits: string; readonly topTokens: number },
): void {
  const name = (part: string): string => `packed_row.${part}`;
  const [rows, float, logProbs, top] = [
    name('logits_by_read'),
    name('float_logits'),
    name('log_probs'),
    name('top_count'),
  ];
  graph.initializer.push(integerTensor(top, [topTokens]));
  graph.node.push(
    makeNode('Flatten', { input: [logits], output: [rows], integers: { axis: -1 } }),
    makeNode('Cast', { input: [rows], output: [float], integers: { to: ELEMENT.float32 } }),
    // ReduceLogSumExp would do for the options alone but loses digits over a large vocabulary.
    makeNode('LogSoftmax', { input: [float], output: [logProbs], integers: { axis: 1 } }),
    makeNode('GatherElements', {
      input: [logProbs, READ_INPUTS.optionTokens],
      output: [READ_OUTPUTS.optionLogProbs],
      integers: { axis: 1 },
    }),
    makeNode('TopK', {
      input: [logProbs, top],
      output: [READ_OUTPUTS.topLogProbs, READ_OUTPUTS.topTokens],
      integers: { axis: 1, largest: 1, sorted: 1 },
    }),
  );
  graph.output = [
    declareTensor(READ_OUTPUTS.optionLogProbs, ELEMENT.float32, [READS, OPTIONS]),
    declareTensor(READ_OUTPUTS.topLogProbs, ELEMENT.float32, [READS, topTokens]),
    declareTensor(READ_OUTPUTS.topTokens, ELEMENT.int64, [READS, topTokens]),
  ];
}
