import { InputError } from '../../files/input-error.js';
import { requestJson } from './json-request.js';
import type { KnownServer } from './recognise-server.js';
import { requireSameCount } from './replicas.js';
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

// Log-probabilities that add up to more than this are none.
const LARGEST_MASS = 1.001;

/**
 * Tries on a server whether it understands what it will be asked: the same tokenizer, prompts as token ids, log-probabilities
 * of named tokens. A parameter that a server does not know is ignored in silence; here that shows.
 *
 * @returns the kind as it really behaves: without the named tokens, where it ignores them
 * @throws InputError when its answers cannot be used
 */
export async function checkServer(server: KnownServer, check: ServerCheck): Promise<ServerKind> {
  const { base } = server.address;
  for (const text of check.texts) {
    await checkTokenizer(server, text, check);
  }
  const { kind } = server;
  const [text] = check.texts;
  const tokenIds = text?.tokenIds ?? [];
  // Tokens out of the middle of the vocabulary: hardly ever among the most probable ones.
  const wanted = [0.4, 0.6].map((share) => Math.floor(share * check.vocabularySize));
  const answer = await ask(server, { model: check.model, tokenIds, wanted, top: 5 }, check);
  requireSameCount(answer, { tokenIds }, base);
  checkMass(base, answer);
  if (kind.tells === 'wanted-tokens' && !wanted.every((tokenId) => answer.logProbs.has(tokenId))) {
    check.onNotice(
      `${base} (${kind.name} ${server.version}) ignores that named tokens are asked for, as earlier versions do: it is asked for its most ` +
        'probable tokens instead, and again for more where an option is not among them.',
    );
    return { ...kind, tells: 'most-probable-tokens' };
  }
  return kind;
}

async function checkTokenizer(server: KnownServer, text: EncodedText, check: ServerCheck): Promise<void> {
  const { tokenize } = server.kind;
  if (tokenize === null) {
    return;
  }
  const request = tokenize.request(text.text, check.model);
  const answer = await check.retrier.run(`Asking ${server.address.base} for token ids`, 0, () =>
    requestJson(server.address, request),
  );
  const ids = tokenize.read(answer);
  if (ids !== null && ids.join() !== text.tokenIds.join()) {
    throw new InputError(
      `Comparing tokenizers with ${server.address.base}: ${JSON.stringify(text.text)} is ${ids.join(' ')} there and ${text.tokenIds.join(' ')} in ` +
        '"tokenizer". Expected the same ids: that folder belongs to another model. Give the tokenizer of the model that is served.',
    );
  }
}

function ask(
  { address, kind }: KnownServer,
  question: TokenQuestion,
  { retrier }: ServerCheck,
): Promise<TokenAnswer> {
  return retrier.run(`Trying the server at ${address.base}`, 0, async () =>
    kind.answer(await requestJson(address, kind.question(question))),
  );
}

function checkMass(base: string, { logProbs }: TokenAnswer): void {
  const mass = [...logProbs.values()].reduce((sum, logProb) => sum + Math.exp(logProb), 0);
  if (!(mass <= LARGEST_MASS)) {
    throw new InputError(
      `Asking ${base}: what it calls log-probabilities adds up to a probability of ${mass.toPrecision(3)}. Expected at most 1: it may tell ` +
        'logits (vLLM: --logprobs-mode raw_logprobs). Start it so that it tells raw log-probabilities.',
    );
  }
}
