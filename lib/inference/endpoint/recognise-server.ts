import { InputError, messageOf } from '../../files/input-error.js';
import { requestJson, type ServerAddress } from './json-request.js';
import type { Retrier } from './retries.js';
import type { ServerKind } from './server-kind.js';
import { llamaCpp } from './servers/llama-cpp.js';
import { sglang } from './servers/sglang.js';
import { vllm } from './servers/vllm.js';

/** A server that answered, with what it is. */
export interface KnownServer {
  readonly address: ServerAddress;
  readonly kind: ServerKind;
  readonly version: string;
}

const KINDS: readonly ServerKind[] = [vllm, sglang, llamaCpp];

/** Finds out what kind of server answers at an address. @throws InputError when none of the known ones does */
export async function recogniseServer(address: ServerAddress, retrier: Retrier): Promise<KnownServer> {
  const said: string[] = [];
  for (const kind of KINDS) {
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
      // What no kind of server would answer otherwise is not the kind's doing.
      if (/redirects|certificate|attempts failed|in a row failed|status 40[13]/.test(messageOf(error))) {
        throw error;
      }
      said.push(`${kind.name}: ${messageOf(error)}`);
    }
  }
  throw new InputError(
    `Looking for a server at ${address.base}: it is none that is known.\n  ${said.join('\n  ')}\nExpected vLLM, SGLang or llama.cpp's own ` +
      'server, which tell log-probabilities of the tokens that are asked for. Others cannot be used: chat interfaces hide the probabilities of ' +
      'the prompt\'s own continuation. Correct "endpoint", or serve the model with one of these.',
  );
}
