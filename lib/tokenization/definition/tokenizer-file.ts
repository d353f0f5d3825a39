import { z } from 'zod';

const part = z.looseObject({ type: z.string() });
const addedToken = z.looseObject({
  id: z.int().nonnegative(),
  content: z.string(),
  single_word: z.boolean().optional(),
  lstrip: z.boolean().optional(),
  rstrip: z.boolean().optional(),
  normalized: z.boolean().optional(),
  special: z.boolean().optional(),
});
/** A token in tokenizer_config.json: its text, with its flags or without. */
export const configuredToken = z.union([z.string(), z.looseObject({ content: z.string() })]);

/** tokenizer.json, as far as it is looked into here. */
export const tokenizerFile = z.looseObject({
  added_tokens: z.array(addedToken).default([]),
  normalizer: part.nullable().default(null),
  pre_tokenizer: part.nullable().default(null),
  post_processor: part.nullable().default(null),
  decoder: part.nullable().default(null),
  model: z.looseObject({ type: z.string().optional() }),
});

/** tokenizer_config.json, as far as token ids depend on it. */
export const tokenizerConfig = z.looseObject({
  additional_special_tokens: z.array(configuredToken).nullish(),
  extra_special_tokens: z.union([z.array(configuredToken), z.record(z.string(), configuredToken)]).nullish(),
  added_tokens_decoder: z.record(z.string(), z.looseObject({ content: z.string() })).nullish(),
  split_special_tokens: z.boolean().nullish(),
});

export type TokenizerFile = z.infer<typeof tokenizerFile>;
export type TokenizerConfig = z.infer<typeof tokenizerConfig>;
export type AddedTokenEntry = z.infer<typeof addedToken>;
/** A step of the pipeline, as tokenizer.json writes it. */
export type Part = z.infer<typeof part>;
export type ConfiguredToken = z.infer<typeof configuredToken>;
