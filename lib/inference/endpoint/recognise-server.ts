import { InputError } from '../../files/input-error.js';
import { ForeignAnswer, requestJson, type ServerAddress } from './json-request.js';
import type { Retrier } from './retries.js';
import type { ServerKind } from './server-kind.js';
import { llamaCpp } from './servers/llama-cpp.js';
import { sglang } from './servers/sglang.js';
import { type TokenTexts, textCompletions } from './servers/text-completions.js';
import { vllm } from './servers/vllm.js';

/** A server that answered, with what it is. */
export interface KnownServer {
  readonly address: ServerAddress;
  readonly kind: ServerKind;
  readonly version: string;
}

/**
 * Finds out what kind of server answers at an address; one that is none of the three is taken for a server of text completions.
 *
 * @param tokenTexts of the study's tokenizer, for servers that take text alone
 * @throws InputError when none of the known ones does
 */
export async function recogniseServer(
  address: ServerAddress,
  { retrier, tokenTexts }: { readonly retrier: Retrier; readonly tokenTexts: TokenTexts },
): Promise<KnownServer> {
  const said: string[] = [];
  for (const kind of [vllm, sglang, llamaCpp, textCompletions(tokenTexts)]) {
    const { path, read } = kind.version;
    try {
      const answer = await retrier.run(`Looking for a server at ${address.base}`, 0, () =>
        requestJson(address, { method: 'GET', path, body: null }),
      );
      const version = read(answer);
      if (version !== null) {
        return { address, kind, version };
      }
      said.push(`${kind.name}: another answer to ${path}`);
    } catch (error) {
      if (!(error instanceof ForeignAnswer)) {
        throw error;
      }
      said.push(`${kind.name}: ${error.message}`);
    }
  }
  throw new InputError(
    `Looking for a server at ${address.base}: it is none that is known.\n  ${said.join('\n  ')}\nExpected vLLM, SGLang, llama.cpp's own ` +
      'server, or another that lists its models at /v1/models and completes text at /v1/completions. Chat interfaces alone cannot be used: they ' +
      'hide the probabilities of the prompt\'s own continuation. Correct "endpoint", or serve the model with one of these.',
  );
}
