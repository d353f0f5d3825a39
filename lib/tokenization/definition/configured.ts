import type { AddedTokenEntry, ConfiguredToken, TokenizerConfig, TokenizerFile } from './tokenizer-file.js';
import { configuredToken } from './tokenizer-file.js';
import { tokenIdsOf } from './vocabulary.js';

/**
 * tokenizer.json as transformers completes it from tokenizer_config.json: what the configuration alone names as special is
 * looked for in texts, too, if the vocabulary has it.
 *
 * Nothing else in the configuration changes ids. `add_bos_token`, `add_eos_token` and `add_prefix_space` are for folders
 * without tokenizer.json, whose own frame and pipeline win where both are there.
 */
export function configured(file: TokenizerFile, config: TokenizerConfig): TokenizerFile {
  const ids = tokenIdsOf(file);
  const known = new Set(file.added_tokens.map(({ content }) => content));
  const further: AddedTokenEntry[] = [];
  const add = (token: ConfiguredToken, flags: Partial<AddedTokenEntry>): void => {
    const entry = { ...(typeof token === 'string' ? { content: token } : token), ...flags };
    const id = ids.get(entry.content);
    // One that has no id here has no place in the model either.
    if (id !== undefined && !known.has(entry.content)) {
      known.add(entry.content);
      further.push({ normalized: false, ...entry, id });
    }
  };
  for (const token of Object.values(config.added_tokens_decoder ?? {})) {
    add(token, {});
  }
  for (const token of specialTokens(config)) {
    add(token, { special: true });
  }
  return { ...file, added_tokens: [...file.added_tokens, ...further] };
}

function specialTokens(config: TokenizerConfig): ConfiguredToken[] {
  const named = Object.entries(config).filter(([name]) => name.endsWith('_token'));
  const more = [config.additional_special_tokens, config.extra_special_tokens];
  const all = [...named.map(([, token]) => token), ...more.flatMap((tokens) => Object.values(tokens ?? {}))];
  return all.flatMap((token) => {
    const parsed = configuredToken.safeParse(token);
    return parsed.success ? [parsed.data] : [];
  });
}
