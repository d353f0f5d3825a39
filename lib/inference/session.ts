import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InputError, messageOf } from '../files/input-error.js';
import type { Provider } from '../types.js';
import { buildFeeds, type EqualLengthRows } from './feeds.js';
import { type GraphSignature, readSignature } from './graph-signature.js';

/** A loaded graph that turns rows of token ids into logits. */
export interface GraphRunner {
  readonly signature: GraphSignature;
  /**
   * Runs rows of one length.
   *
   * @param keep for how many last positions logits are needed, at least 1; graphs that cannot choose return all
   * @returns logits `[batch, positions, vocabulary]`, the last position last
   */
  run(rows: EqualLengthRows, keep: number): Promise<Tensor>;
  release(): Promise<void>;
}

/** What a session is opened with. */
export interface SessionSettings {
  readonly provider: Provider;
  /** Threads of one operator on the CPU; null leaves the choice to onnxruntime. */
  readonly threads: number | null;
  /** Width of one attention head, which some exports leave open; null if unknown. */
  readonly headSize: number | null;
}

/**
 * Loads an ONNX graph with onnxruntime-node.
 *
 * @throws InputError when the file is cut short, its external data is missing, or an input is not known
 */
export async function openGraph(graph: string, settings: SessionSettings): Promise<GraphRunner> {
  const runtime = await import('onnxruntime-node');
  const session = await loadSession(runtime, graph, settings);
  const signature = readSignature(session, { graph, headSize: settings.headSize });
  return {
    signature,
    release: () => session.release(),
    run: async (rows, keep) => {
      const feeds = buildFeeds(runtime.Tensor, signature, { rows, keep });
      // Only the logits are fetched: the caches would be copied out for nothing.
      const { logits } = await session.run(feeds, ['logits']).catch((error: unknown) => {
        throw runError(graph, rows, error);
      });
      if (logits === undefined) {
        throw new InputError(`Running the graph ${graph}: it returned no logits.`);
      }
      return logits as Tensor;
    },
  };
}

function runError(graph: string, rows: EqualLengthRows, error: unknown): InputError {
  return new InputError(
    `Running the graph ${graph} on ${rows.length} prompts of ${rows[0]?.length ?? 0} tokens: onnxruntime says ` +
      `"${messageOf(error).trim()}". Prompts may be longer than the model's context, or memory may be short. What is ` +
      'stored stays: repeat the command once there is more memory, or ask fewer items.',
  );
}

async function loadSession(
  runtime: typeof import('onnxruntime-node'),
  graph: string,
  settings: SessionSettings,
): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(graph, {
      executionProviders: [settings.provider],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
      ...(settings.threads === null ? {} : { intraOpNumThreads: settings.threads }),
    });
  } catch (error) {
    const message = messageOf(error).trim();
    const wayOut = /external|data file|weights file|model_path|No such file|filesystem/i.test(message)
      ? 'Put the external data file beside the graph, under the name that the message gives.'
      : 'The file may be cut short or not an ONNX graph: compare its size and SHA-256 with the source and copy it again.';
    throw new InputError(
      `Loading the ONNX graph ${graph} on ${settings.provider}: onnxruntime says "${message}". ${wayOut}`,
    );
  }
}
