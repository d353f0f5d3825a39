import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { InputError } from '../../files/input-error.js';
import { type GraphSignature, readSignature } from '../graph-signature.js';
import { type GraphBytes, loadSession, runError, type SessionSettings } from '../session.js';
import { batchFeeds, type EqualLengthRows } from './batch-feeds.js';

/** A loaded graph, as it came, that turns rows of token ids into logits. */
export interface BatchRunner {
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

/** What a graph is loaded with. */
export interface BatchRunnerSettings extends SessionSettings {
  readonly headSize: number | null;
  readonly heads: number | null;
  /** The same graph in memory, its weights to be mapped from their files; null or left out to load the file. */
  readonly mapped?: GraphBytes | null;
  /** False for a few prompts only, see {@link loadSession}. */
  readonly prepack?: boolean;
}

/**
 * Loads an ONNX graph as it came.
 *
 * @throws InputError when the file is cut short, its external data is missing, or an input is not known
 */
export async function openBatchRunner(graph: string, settings: BatchRunnerSettings): Promise<BatchRunner> {
  const { Tensor: tensor } = await import('onnxruntime-node');
  const session = await loadSession(graph, settings, settings.mapped);
  const signature = await signatureOf(session, graph, settings);
  return {
    signature,
    release: () => session.release(),
    run: async (rows, keep) => {
      const feeds = batchFeeds(tensor, signature, { rows, keep });
      // Only the logits are fetched: the caches would be copied out for nothing.
      const { logits } = await session.run(feeds, ['logits']).catch((error: unknown) => {
        throw runError(graph, `${rows.length} prompts of ${rows[0]?.length ?? 0} tokens`, error);
      });
      if (logits === undefined) {
        throw new InputError(`Running the graph ${graph}: it returned no logits.`);
      }
      return logits as Tensor;
    },
  };
}

/** What a loaded graph takes; a graph with an input of unknown meaning does not stay in memory. */
async function signatureOf(
  session: InferenceSession,
  graph: string,
  { headSize, heads }: BatchRunnerSettings,
): Promise<GraphSignature> {
  try {
    return readSignature(session, { graph, headSize, heads, added: new Set() });
  } catch (error) {
    await session.release();
    throw error;
  }
}
