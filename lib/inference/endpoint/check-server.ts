import { InputError } from '../../files/input-error.js';
import type { TopTokens } from './ask-tokens.js';
import { requestJson } from './json-request.js';
import type { KnownServer } from './recognise-server.js';
import { requireSameCount } from './replicas.js';
import { RefusedRequest } from './request-problems.js';
import type { Retrier } from './retries.js';
import type { ServerKind, TokenAnswer, TokenQuestion } from './server-kind.js';

/** A text as the study's own tokenizer has it. */
export interface EncodedText {
  readonly text: string;
  /** Without special tokens. */
  readonly tokenIds: readonly number[];
}

/** What {@link checkServer} needs to know. */
export interface ServerCheck {
  /** Served name of the model. */
  readonly model: string;
  readonly texts: readonly EncodedText[];
  readonly vocabularySize: number;
  readonly retrier: Retrier;
  readonly onNotice: (line: string) => void;
}

/** How a server really behaves. */
export interface CheckedServer {
  readonly kind: ServerKind;
  readonly top: TopTokens;
}

// Log-probabilities that add up to more than this are none.
const LARGEST_MASS = 1.001;
// How many most probable tokens are tried first; servers that allow fewer refuse.
const FIRST_TOPS = [64, 20, 5];
/** Of the tokens that a server names by their text, so many must be known by it. */
const KNOWN_SHARE = 0.5;

/**
 * Tries on a server whether it understands what it will be asked: the same tokenizer, prompts as token ids, log-probabilities
 * of named tokens. A parameter that a server does not know is ignored in silence; here that shows.
 *
 * @throws InputError when its answers cannot be used
 */
export async function checkServer(server: KnownServer, check: ServerCheck): Promise<CheckedServer> {
  for (const text of check.texts) {
    await checkTokenizer(server, text, check);
  }
  const { kind } = server;
  const whole = { first: FIRST_TOPS[0] ?? 1, most: check.vocabularySize };
  if (kind.tells === 'wanted-tokens') {
    // Tokens out of the middle of the vocabulary: hardly ever among the most probable ones.
    const wanted = [0.4, 0.6].map((share) => Math.floor(share * check.vocabularySize));
    const { logProbs } = await ask(server, { ...questionOf(check), wanted, top: 5 }, check);
    if (wanted.every((tokenId) => logProbs.has(tokenId))) {
      return { kind, top: whole };
    }
    check.onNotice(
      `${server.address.base} (${kind.name} ${server.facts.version}) ignores that named tokens are asked for, as earlier versions do: it is asked ` +
        'for its most probable tokens instead, and again for more where an option is not among them.',
    );
  }
  const unnamed: ServerKind = {
    ...kind,
    tells: 'most-probable-tokens',
    question: (question) => kind.question({ ...question, wanted: [] }),
    answer: (body, question) => kind.answer(body, { ...question, wanted: [] }),
  };
  const first = await firstTop({ ...server, kind: unnamed }, check);
  return { kind: unnamed, top: { ...whole, first } };
}

/** How many most probable tokens a server allows to ask for, of a few numbers. */
async function firstTop(server: KnownServer, check: ServerCheck): Promise<number> {
  for (const [place, top] of FIRST_TOPS.entries()) {
    try {
      const answer = await ask(server, { ...questionOf(check), wanted: [], top }, check);
      requireKnownTokens(server, answer, top);
      return top;
    } catch (error) {
      if (!(error instanceof RefusedRequest) || place === FIRST_TOPS.length - 1) {
        throw error;
      }
    }
  }
  return 1;
}

function requireKnownTokens({ address }: KnownServer, { top }: TokenAnswer, asked: number): void {
  if (top.length < KNOWN_SHARE * Math.min(asked, 5)) {
    throw new InputError(
      `Asking ${address.base} for the ${asked} most probable tokens: ${top.length} of them could be told from each other. Expected about as many as ` +
        'asked for: it tells tokens by texts that several tokens have, or tells hardly any. Use a server that takes and tells token ids.',
    );
  }
}

function questionOf({ model, texts }: ServerCheck): Pick<TokenQuestion, 'model' | 'tokenIds'> {
  return { model, tokenIds: texts[0]?.tokenIds ?? [] };
}

async function checkTokenizer(server: KnownServer, text: EncodedText, check: ServerCheck): Promise<void> {
  const { tokenize } = server.kind;
  if (tokenize === null) {
    return;
  }
  const { base } = server.address;
  const request = tokenize.request(text.text, check.model);
  const { retrier } = check;
  const answer = await retrier.run(`Asking ${base} for token ids`, 0, () =>
    requestJson(server.address, request, retrier.signal),
  );
  const ids = tokenize.read(answer);
  if (ids !== null && ids.join() !== text.tokenIds.join()) {
    throw new InputError(
      `Comparing tokenizers with ${base}: ${JSON.stringify(text.text)} is ${ids.join(' ')} there and ${text.tokenIds.join(' ')} in the folder ` +
        'given. Expected the same ids: that folder belongs to another model. Give the tokenizer of the model that is served (--tokenizer).',
    );
  }
}

async function ask(
  { address, kind }: KnownServer,
  question: TokenQuestion,
  { retrier }: ServerCheck,
): Promise<TokenAnswer> {
  const answer = await retrier.run(`Trying the server at ${address.base}`, 0, async () =>
    kind.answer(await requestJson(address, kind.question(question), retrier.signal), question),
  );
  requireSameCount(answer, question, address.base);
  const mass = [...answer.logProbs.values()].reduce((sum, logProb) => sum + Math.exp(logProb), 0);
  if (!(mass <= LARGEST_MASS)) {
    throw new InputError(
      `Asking ${address.base}: what it calls log-probabilities adds up to a probability of ${mass.toPrecision(3)}. Expected at most 1: it may tell ` +
        'logits (vLLM: --logprobs-mode raw_logprobs). Start it so that it tells raw log-probabilities.',
    );
  }
  return answer;
}
