import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { batchReader } from '../../../lib/inference/batches/batch-reader.js';
import { openBatchRunner } from '../../../lib/inference/batches/batch-runner.js';
import { findModelFiles } from '../../../lib/inference/model-files.js';
import { readModelSettings } from '../../../lib/inference/model-settings.js';
import { loadTokenizer, type Tokenizer } from '../../../lib/tokenization/tokenizer.js';

/** How a stand-in speaks, as the documentation of the real server has it. */
export type Dialect = 'vllm' | 'older-vllm' | 'sglang' | 'llama.cpp' | 'completions';

/** What goes wrong with a request; `null` for nothing. */
export type Fault =
  | 'reset'
  | 'overload'
  | 'closed'
  | 'error'
  | 'silence'
  | 'cut-short'
  | 'no-log-probabilities'
  | null;

/** A server that answers from a real model, run whole by onnxruntime. */
export interface StandIn {
  readonly address: string;
  /** Requests for log-probabilities that it has got. */
  readonly asked: () => number;
  /** Authorization headers of all requests, as they came. */
  readonly keys: () => readonly (string | undefined)[];
  close(): Promise<void>;
}

interface StandInSettings {
  readonly dialect: Dialect;
  /** Model folder. */
  readonly folder: string;
  readonly served?: string;
  /** Decides about the n-th request for log-probabilities, from 0. */
  readonly fault?: (request: number) => Fault;
  /** Answers any request in place of the model, where it gives something. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The most log-probabilities that may be asked for; more are refused. */
  readonly most?: number;
  /** Where it says that its weights are. */
  readonly weights?: string;
  /** Tokens that a prompt may have. */
  readonly context?: number;
  /** Changes what it says about a token, as other weights would. */
  readonly shift?: number;
  /** From a request for log-probabilities on, counted from 0, it is another. */
  readonly restarted?: {
    readonly from: number;
    readonly shift?: number;
    readonly weights?: string;
    readonly served?: string;
  };
}

/** Log-probabilities of all tokens after a sequence, the most probable first. */
type Distribution = readonly { readonly tokenId: number; readonly logProb: number }[];

export async function startStandIn(settings: StandInSettings): Promise<StandIn> {
  const { dialect, folder, served = 'the-model', fault = () => null } = settings;
  const tokenizer = loadTokenizer(folder);
  const before = await distributions(folder, settings.shift ?? 0);
  const after = await distributions(folder, settings.restarted?.shift ?? settings.shift ?? 0);
  const keys: (string | undefined)[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    if (settings.instead?.(request, response) === true) {
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      void answer(request.url ?? '', body, response);
    });
  });
  const answer = async (
    url: string,
    body: Record<string, unknown>,
    response: ServerResponse,
  ): Promise<void> => {
    const { from = Number.POSITIVE_INFINITY, weights = settings.weights } = settings.restarted ?? {};
    // Of the request that is being answered: the next one to come may be asked meanwhile.
    const isRestarted = asked >= from;
    const now = isRestarted && weights !== undefined ? { ...settings, weights } : settings;
    const distribution = isRestarted ? after : before;
    const plain = plainAnswer(now, url, (isRestarted ? settings.restarted?.served : undefined) ?? served);
    if (plain !== undefined) {
      send(response, 200, plain);
    } else if (url === '/tokenize' && dialect !== 'sglang' && dialect !== 'completions') {
      const given = String(body.content ?? body.prompt);
      send(response, 200, { tokens: tokenizer.encode(given, { specialTokens: false }) });
    } else if (url === LOG_PROBABILITIES[dialect]) {
      const wrong = fault(asked);
      asked += 1;
      await answerOrFail(wrong, response, async () =>
        speak(dialect, body, { tokenizer, distribution, settings }),
      );
    } else {
      send(response, 404, { error: 'not found' });
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked: () => asked,
    keys: () => keys,
    close: () => closed(server),
  };
}

const LOG_PROBABILITIES: Record<Dialect, string> = {
  vllm: '/v1/completions',
  'older-vllm': '/v1/completions',
  sglang: '/generate',
  'llama.cpp': '/completion',
  completions: '/v1/completions',
};

async function distributions(
  folder: string,
  shift: number,
): Promise<(tokenIds: readonly number[]) => Promise<Distribution>> {
  const runner = await openBatchRunner(findModelFiles(folder).graph, {
    ...{ provider: 'cpu', threads: 1 },
    ...readModelSettings(folder),
  });
  const vocabularySize = (await runner.run([[1]], 1)).dims.at(-1) ?? 0;
  const reader = batchReader(runner, { vocabularySize, way: 'single-prompts', reason: 'a stand-in' });
  const all = Array.from({ length: vocabularySize }, (_, tokenId) => tokenId);
  return async (tokenIds) => {
    const [[reading] = []] = await reader.read([
      { tokenIds, reads: [{ place: tokenIds.length - 1, tokenIds: all }] },
    ]);
    const scaled = all.map((tokenId) => (reading?.logProbs[tokenId] ?? Number.NaN) * (1 + shift));
    const mass = Math.log(scaled.reduce((sum, logProb) => sum + Math.exp(logProb), 0));
    return all
      .map((tokenId) => ({ tokenId, logProb: (scaled[tokenId] ?? Number.NaN) - (shift === 0 ? 0 : mass) }))
      .sort((one, other) => other.logProb - one.logProb);
  };
}

function plainAnswer(
  { dialect, weights = 'weights', context }: StandInSettings,
  url: string,
  served: string,
): unknown {
  const answers: Record<Dialect, Record<string, unknown>> = {
    vllm: { '/version': { version: '0.26.0' } },
    'older-vllm': { '/version': { version: '0.9.0' } },
    sglang: { '/server_info': { model_path: weights, version: '0.6.1', context_length: context } },
    'llama.cpp': {
      '/props': {
        build_info: 'b1-stand-in',
        model_path: weights,
        default_generation_settings: { n_ctx: context },
      },
    },
    completions: {},
  };
  const models = { object: 'list', data: [{ id: served, root: weights, max_model_len: context }] };
  return url === '/v1/models' ? models : answers[dialect][url];
}

async function speak(
  dialect: Dialect,
  body: Record<string, unknown>,
  parts: {
    readonly tokenizer: Tokenizer;
    readonly distribution: (tokenIds: readonly number[]) => Promise<Distribution>;
    readonly settings: StandInSettings;
  },
): Promise<unknown> {
  const { tokenizer, distribution, settings } = parts;
  const { most = Number.POSITIVE_INFINITY } = settings;
  if (Number(body.n_probs ?? body.logprobs ?? 0) > most && body.logprob_token_ids === undefined) {
    throw new RangeError('too many log-probabilities');
  }
  const told = (tokens: Distribution, count: unknown): Distribution => tokens.slice(0, Number(count));
  const only = (tokens: Distribution, ids: unknown): Distribution =>
    tokens.filter(({ tokenId }) => (ids as number[]).includes(tokenId));
  if (dialect === 'completions') {
    // Text in, text out, as servers of OpenAI's kind do; special tokens are not added.
    const ids = tokenizer.encode(String(body.prompt), { specialTokens: false });
    const top = told(await distribution(ids), body.logprobs).map(({ tokenId, logProb }) => [
      tokenizer.decode([tokenId]),
      logProb,
    ]);
    return {
      choices: [{ logprobs: { top_logprobs: [Object.fromEntries(top)] } }],
      usage: { prompt_tokens: ids.length },
    };
  }
  const prompt = (body.prompt ?? body.input_ids) as number[];
  const tokens = await distribution(prompt);
  if (dialect === 'llama.cpp') {
    const top = told(tokens, body.n_probs).map(({ tokenId, logProb }) => ({ id: tokenId, logprob: logProb }));
    return { tokens_evaluated: prompt.length, completion_probabilities: [{ ...top[0], top_logprobs: top }] };
  }
  if (dialect === 'sglang') {
    const triples = (some: Distribution) => [some.map(({ tokenId, logProb }) => [logProb, tokenId, null])];
    return {
      meta_info: {
        prompt_tokens: prompt.length,
        output_top_logprobs: triples(told(tokens, body.top_logprobs_num)),
        output_token_ids_logprobs: triples(only(tokens, body.token_ids_logprob ?? [])),
      },
    };
  }
  const named = dialect === 'vllm' ? body.logprob_token_ids : undefined;
  // The sampled token, here the most probable one, stands beside those that are named.
  const some =
    named === undefined ? told(tokens, body.logprobs) : [...tokens.slice(0, 1), ...only(tokens, named)];
  const top = Object.fromEntries(some.map(({ tokenId, logProb }) => [`token_id:${tokenId}`, logProb]));
  return { choices: [{ logprobs: { top_logprobs: [top] } }], usage: { prompt_tokens: prompt.length } };
}

async function answerOrFail(
  fault: Fault,
  response: ServerResponse,
  answer: () => Promise<unknown>,
): Promise<void> {
  switch (fault) {
    case 'reset':
      response.destroy();
      return;
    case 'overload':
      response.setHeader('retry-after', '0');
      send(response, 429, { error: 'too many requests' });
      return;
    case 'closed':
      response.setHeader('retry-after', '900');
      send(response, 503, { error: 'closed for a while' });
      return;
    case 'error':
      send(response, 500, { error: 'internal' });
      return;
    case 'silence':
      return;
    case 'cut-short': {
      const text = JSON.stringify(await answer());
      response.writeHead(200, { 'content-type': 'application/json' }).end(text.slice(0, text.length / 2));
      return;
    }
    case 'no-log-probabilities':
      send(response, 200, { choices: [{ text: 'A', logprobs: null }], content: 'A', meta_info: {} });
      return;
    case null:
      await answer().then(
        (told) => send(response, 200, told),
        (error: unknown) => send(response, 400, { error: String(error) }),
      );
  }
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await ended;
}
