import { InputError } from '../../files/input-error.js';
import { requestJson, type ServerAddress } from './json-request.js';
import { RefusedRequest } from './request-problems.js';
import type { Retrier } from './retries.js';
import type { ServerFacts, ServerKind } from './server-kind.js';
import { llamaCpp } from './servers/llama-cpp.js';
import { sglang } from './servers/sglang.js';
import { type TokenTexts, textCompletions } from './servers/text-completions.js';
import { vllm } from './servers/vllm.js';

/** A server that answered, with what it is. */
export interface KnownServer {
  readonly address: ServerAddress;
  readonly kind: ServerKind;
  readonly facts: ServerFacts;
  /** Its answer at /v1/models; null where it has none. */
  readonly models: unknown;
}

const MODELS = '/v1/models';

/** Servers whose own ways are hidden, by a proxy say: asked as text completions they would be read less exactly. */
const HIDDEN = /vllm|sglang|llamacpp/i;

/**
 * Finds out what kind of server answers at an address; one that is none of the three is taken for a server of text completions.
 *
 * @param settings.tokenTexts of the study's tokenizer, for servers that take text alone
 * @throws InputError when none of the known ones does
 */
export async function recogniseServer(
  address: ServerAddress,
  settings: {
    readonly retrier: Retrier;
    readonly tokenTexts: TokenTexts;
    readonly onNotice: (line: string) => void;
  },
): Promise<KnownServer> {
  const { retrier, tokenTexts, onNotice } = settings;
  const said: string[] = [];
  const get = getterOf(address, retrier, said);
  const models = await get(MODELS);
  for (const kind of [vllm, sglang, llamaCpp, textCompletions(tokenTexts)]) {
    const facts = await askFacts(kind, models, get);
    if (facts !== null) {
      if (kind.name === 'completions') {
        requireNothingHidden(address, facts);
        onNotice(
          `${address.base} is none of vLLM, SGLang and llama.cpp's own server: it is asked as a server of text completions.`,
        );
      }
      return { address, kind, facts, models };
    }
  }
  throw new InputError(
    `Looking for a server at ${address.base}: it is none that is known.\n  ${said.join('\n  ')}\nExpected vLLM, SGLang, llama.cpp's own ` +
      'server, or another that lists its models at /v1/models and completes text at /v1/completions. Chat interfaces alone cannot be used: they ' +
      'hide the probabilities of the prompt\'s own continuation. Give the address alone, for example http://127.0.0.1:8000 ("endpoint" in a ' +
      'study), or serve the model with one of these.',
  );
}

/** Asks a server that is known once more what it is; no facts where it no longer answers as its kind does. */
export async function recogniseAgain(
  { address, kind }: KnownServer,
  retrier: Retrier,
): Promise<{ readonly facts: ServerFacts | null; readonly models: unknown }> {
  const get = getterOf(address, retrier, []);
  const models = await get(MODELS);
  return { facts: await askFacts(kind, models, get), models };
}

/** The answer at a path; null where the server refuses, which is then noted. */
type Getter = (path: string) => Promise<unknown>;

function getterOf(address: ServerAddress, retrier: Retrier, refusals: string[]): Getter {
  return async (path) => {
    try {
      return await retrier.run(`Looking for a server at ${address.base}`, 0, () =>
        requestJson(address, { method: 'GET', path, body: null }, retrier.signal),
      );
    } catch (error) {
      if (!(error instanceof RefusedRequest)) {
        throw error;
      }
      refusals.push(error.message);
      return null;
    }
  };
}

async function askFacts(kind: ServerKind, models: unknown, get: Getter): Promise<ServerFacts | null> {
  for (const path of kind.factPaths) {
    const answer = path === MODELS ? models : await get(path);
    const facts = answer === null ? null : kind.facts(answer, models);
    if (facts !== null) {
      return facts;
    }
  }
  return null;
}

function requireNothingHidden({ base }: ServerAddress, { version }: ServerFacts): void {
  if (HIDDEN.test(version)) {
    throw new InputError(
      `Looking for a server at ${base}: its list of models says "${version}", but the paths by which such a server is known do not answer ` +
        '(/version, /server_info, /props). Expected the server itself. A proxy that passes /v1/ alone hides how exactly it can be asked: give the ' +
        "server's own address.",
    );
  }
}
