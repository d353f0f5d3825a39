/** The numbers of a configuration that decide how many parameters a decoder has. */
export interface DecoderShape {
  readonly layers: number;
  /** Width of the residual stream. */
  readonly hidden: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  /** Inner width of the feed-forward part. */
  readonly inner: number;
  /** Whether the feed-forward part has a gate: three matrices instead of two. */
  readonly gated: boolean;
  /** Rows of the embedding, padding included. */
  readonly vocabulary: number;
  /** Learned positions; 0 where positions are computed. */
  readonly positions: number;
  /** Whether the output layer is the embedding. */
  readonly tied: boolean;
}

/** Parameters of embedding, learned positions and, where it is not tied, output layer. Exact. */
export function embeddingParameters({ vocabulary, hidden, positions, tied }: DecoderShape): number {
  return hidden * (vocabulary * (tied ? 1 : 2) + positions);
}

/**
 * Parameters of all matrices: embeddings, and for each layer queries, keys, values, output and feed-forward. Norms and biases,
 * which differ between architectures, are left out: under 1 % in decoders of this kind.
 */
export function matrixParameters(shape: DecoderShape): number {
  const { layers, hidden, heads, keyValueHeads, headSize, inner, gated } = shape;
  const attention = 2 * hidden * headSize * (heads + keyValueHeads);
  return embeddingParameters(shape) + layers * (attention + (gated ? 3 : 2) * hidden * inner);
}
