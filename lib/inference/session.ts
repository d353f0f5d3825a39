import type { InferenceSession } from 'onnxruntime-node';
import { InputError, messageOf } from '../files/input-error.js';
import type { Provider } from '../types.js';
import { prepareCuda } from './cuda/prepare-cuda.js';
import { indexGraph } from './graph/graph-index.js';
import { readModelFile } from './graph/model-file.js';
import { rareElements } from './graph/rare-elements.js';
import { loadError } from './load-error.js';

/** What a session is opened with. */
export interface SessionSettings {
  readonly provider: Provider;
  /** Threads of one operator on the CPU; null leaves the choice to onnxruntime. */
  readonly threads: number | null;
}

/** A graph in memory whose weights lie in files, from where onnxruntime maps them. */
export interface GraphBytes {
  readonly bytes: Uint8Array;
  /** Folder of the files that the weights are in. */
  readonly weightsFolder: string;
}

/**
 * Loads an ONNX graph with onnxruntime-node: the file as it is, or a graph in memory.
 *
 * @param graph path of the file, also for messages about what was made of it in memory
 * @param settings.prepack false spares the second, rearranged copy that onnxruntime makes of the weights: for a session
 *   that reads little. Of quantised weights it is not only a copy: other kernels run, with other numbers.
 * @throws InputError when onnxruntime refuses, with its own words and the way out
 */
export async function loadSession(
  graph: string,
  settings: SessionSettings & { readonly prepack?: boolean },
  inMemory: GraphBytes | null = null,
): Promise<InferenceSession> {
  const { InferenceSession: sessions } = await import('onnxruntime-node');
  if (settings.provider === 'cuda') {
    prepareCuda();
  }
  const options: InferenceSession.SessionOptions = {
    executionProviders: [settings.provider],
    graphOptimizationLevel: 'all',
    // Almost every row has a length of its own, and a memory pattern is kept for each: it costs memory and saves no time.
    enableMemPattern: false,
    logSeverityLevel: 4,
    ...(settings.threads === null ? {} : { intraOpNumThreads: settings.threads }),
  };
  const extra = {
    ...(settings.prepack === false ? { disable_prepacking: '1' } : {}),
    ...(inMemory === null ? {} : { model_external_initializers_file_folder_path: inMemory.weightsFolder }),
  };
  try {
    const chosen = { ...options, extra: { session: extra } };
    return inMemory === null
      ? await sessions.create(graph, chosen)
      : await sessions.create(inMemory.bytes, chosen);
  } catch (error) {
    throw loadError(error, { graph, provider: settings.provider, rare: rareElementsIn(graph) });
  }
}

/** For the message about a graph that was refused: whatever is wrong with the file has been said by then. */
function rareElementsIn(graph: string): string[] {
  try {
    return rareElements(indexGraph(readModelFile(graph).graph));
  } catch {
    return [];
  }
}

/** A run of the model failed for lack of memory; a smaller run may pass. */
export class OutOfMemory extends InputError {}

// What onnxruntime's allocators, CUDA and JavaScript's own buffers say.
const MEMORY_RAN_OUT =
  /bad.?alloc|failed to allocate|alloc_failed|out of memory|not enough memory|array buffer allocation|invalid typed array length/i;

/** A failed run in words. @param what what was run: "12 prompts of 80 tokens" */
export function runError(graph: string, what: string, error: unknown): InputError {
  if (error instanceof InputError) {
    return error;
  }
  const message = messageOf(error).trim();
  const kind = MEMORY_RAN_OUT.test(message) ? OutOfMemory : InputError;
  return new kind(
    `Running the graph ${graph} on ${what}: onnxruntime says "${message}". Prompts may be longer than the model's ` +
      'context, or memory may be short. What is stored stays: repeat the command once there is more memory, with a ' +
      'smaller --memory, or ask fewer items.',
  );
}
