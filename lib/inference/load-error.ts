import { InputError, messageOf } from '../files/input-error.js';
import type { Provider } from '../types.js';

/** What onnxruntime says of a graph that it cannot load, and what that means. */
interface LoadFailure {
  readonly says: RegExp;
  /** In plain words; the groups of `says` are its arguments. */
  readonly means: (...groups: readonly string[]) => string;
}

const NEWER =
  'Update onnxruntime-node, or export the model again for that version or an earlier one (optimum: --opset).';

// The first match counts.
const FAILURES: readonly LoadFailure[] = [
  {
    says: /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    means: (found, most) =>
      `The file is written in version ${found} of the ONNX format; this onnxruntime reads up to ${most}. ${NEWER}`,
  },
  {
    says: /Opset (\d+) is under development.* domain (\S+) is till opset (\d+)/s,
    means: (found, domain, most) =>
      `The graph is written in version ${found} of the operators of ${domain}; this onnxruntime knows them up to ${most}. ${NEWER}`,
  },
  {
    says: /(\S+?):(\w+)\(-?\d+\) is not a registered function\/op/,
    means: (domain, operator) =>
      `The graph uses the operator ${operator} of ${domain}, which this onnxruntime does not have. Update onnxruntime-node, ` +
      'or export the model again with another exporter (optimum uses the standard operators).',
  },
  {
    says: /No Op registered for (\w+) with domain_version of (\d+)/,
    means: (operator, version) =>
      `The graph uses the operator ${operator}, which version ${version} of the operators does not have, as far as this ` +
      'onnxruntime knows. Update onnxruntime-node, or export the model again.',
  },
  {
    says: /Could not find an implementation for (\w+)\(\d+\)/,
    means: (operator) =>
      `This provider cannot compute the operator ${operator} on numbers of the type that the graph has there. Convert the ` +
      'model again in float32, or try another --provider.',
  },
  {
    says: /Unsupported data type: \d+/,
    means: () =>
      'An input or output is of a type that onnxruntime-node has no tensors for. Convert the model again in float32 or float16.',
  },
  {
    says: /external data|external initializer|data file|weights file|model_path|No such file|filesystem/i,
    means: () => 'Put the external data file beside the graph, under the name that the message gives.',
  },
];
const NOT_KNOWN =
  'The file may be cut short or not an ONNX graph: compare its size and SHA-256 with the source and copy it again.';

/**
 * A graph that onnxruntime did not load, in words: its own, what they mean, and the way out.
 *
 * @param given.rare names of the rare element types that the graph uses, which are often the reason
 */
export function loadError(
  error: unknown,
  given: { readonly graph: string; readonly provider: Provider; readonly rare: readonly string[] },
): InputError {
  const message = messageOf(error).trim();
  const means = FAILURES.flatMap(({ says, means: inWords }) => {
    const found = says.exec(message);
    return found === null ? [] : [inWords(...found.slice(1))];
  });
  const types = given.rare.length === 0 ? '' : ` The graph holds numbers in ${given.rare.join(' and ')}.`;
  return new InputError(
    `Loading the ONNX graph ${given.graph} on ${given.provider}: onnxruntime says "${message}".${types} ${means[0] ?? NOT_KNOWN}`,
  );
}
