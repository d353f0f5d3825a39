import { InputError } from '../../files/input-error.js';

/** A kind of export that cannot be asked, known by an input that it has. */
interface UnreadableInput {
  readonly names: RegExp;
  /** What the input is, and whose. */
  readonly meaning: string;
  readonly wayOut: string;
}

const ATTENTION_ONLY =
  'Such a state cannot be kept apart for many prompts here. Take a model whose layers are all attention ' +
  '(Llama, Qwen2, Qwen3, Gemma, Mistral, Phi, ...).';
const DECODER_ONLY =
  'Take a decoder that goes on with a text by itself, exported for the task text-generation (Llama, Qwen, GPT-2, ...).';
const TEXT_ALONE =
  'Export the text part of the model alone, with its embedding inside, for the task text-generation, or take its text-only sibling.';

// The names are those of optimum, transformers.js (onnx-community) and the onnxruntime-genai builder. The first match counts.
const UNREADABLE: readonly UnreadableInput[] = [
  {
    names: /^past_ssm|ssm_states?\b|^cache_params/,
    meaning:
      'the running state of a state-space layer (Mamba, Falcon-H1, Nemotron-H, Bamba, Jamba, Granite 4 hybrid)',
    wayOut: ATTENTION_ONLY,
  },
  {
    names: /^past_recurrent|\.recurrent(_state)?$/,
    meaning: 'the running state of a linear attention layer (Qwen3-Next, Qwen3.5)',
    wayOut: ATTENTION_ONLY,
  },
  {
    names: /^past_conv|conv_states?\b|\.conv$/,
    meaning:
      'the state of a convolution layer (LFM2) or of a hybrid of attention with another kind of layer ' +
      '(Falcon-H1, Nemotron-H, Granite 4 hybrid, Qwen3-Next, Qwen3.5, Mamba)',
    wayOut: ATTENTION_ONLY,
  },
  {
    names: /^cache_position$/,
    meaning: 'the count of places already in a cache of fixed length',
    wayOut: 'Export the model again with caches that grow: optimum, task text-generation-with-past.',
  },
  {
    names: /^(encoder_|decoder_)|^past_key_values\.\d+\.(encoder|decoder)\./,
    meaning:
      'a part of an encoder-decoder model (T5, BART, Whisper, ...), which answers a text and does not go on with it',
    wayOut: DECODER_ONLY,
  },
  {
    names: /^token_type_ids$/,
    meaning: 'an input of encoders such as BERT, which fill gaps and do not go on with a text',
    wayOut: DECODER_ONLY,
  },
  {
    names: /^(inputs_embeds|per_layer_inputs)$/,
    meaning:
      'the embedding of the tokens, which another graph of the export computes, as in models of text and pictures',
    wayOut: TEXT_ALONE,
  },
  {
    names: /^(pixel_|image_|vision_|video_)/,
    meaning: 'a picture, or what was made of one',
    wayOut: TEXT_ALONE,
  },
  {
    names: /^(input_features|input_values|audio_)/,
    meaning: 'sound, or what was made of it',
    wayOut: TEXT_ALONE,
  },
];

/**
 * Refuses an input that tells of an export which cannot be asked; any other passes.
 *
 * @param graph path, for the message
 * @throws InputError naming the input, what kind of model has it, and the way out
 */
export function requireReadable(name: string, graph: string): void {
  const found = UNREADABLE.find(({ names }) => names.test(name));
  if (found !== undefined) {
    throw new InputError(
      `Reading the graph ${graph}: input "${name}" is ${found.meaning}: this cannot be asked. ${found.wayOut}`,
    );
  }
}
