import { sha256OfText } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import type { SelfTest } from '../../types.js';
import { spreadBetween } from '../self-test.js';
import type { SequenceReader } from '../sequence-reader.js';
import { checkServer, type EncodedText } from './check-server.js';
import { endpointReader, SERVED } from './endpoint-reader.js';
import type { ServerAddress } from './json-request.js';
import { type KnownServer, recogniseServer } from './recognise-server.js';
import { createReplicas } from './replicas.js';
import { createRetrier, type Patience, type Retrier, USUAL_PATIENCE } from './retries.js';
import { servedModel } from './served-model.js';
import type { ServerKind } from './server-kind.js';

/** What {@link connectEndpoint} needs to know. */
export interface EndpointSettings {
  /** One server, or several of the same model. */
  readonly addresses: readonly ServerAddress[];
  /** Served name; null for the only model that there is. */
  readonly model: string | null;
  readonly vocabularySize: number;
  /** Token ids of a text without special tokens, by the tokenizer of the study. */
  readonly encode: (text: string) => readonly number[];
  /** The text of token ids, special tokens included. */
  readonly decode: (tokenIds: readonly number[]) => string;
  readonly patience?: Patience | undefined;
  readonly onNotice: (line: string) => void;
}

/** Servers that were tried and answer alike. */
export interface ConnectedEndpoint {
  readonly servers: readonly KnownServer[];
  readonly kind: ServerKind;
  /** Served name. */
  readonly model: string;
  readonly retrier: Retrier;
  /** SHA-256 over the served name, kind and version of the server, and what it says after a few fixed texts. */
  readonly identity: string;
  readonly selfTest: SelfTest;
}

// Beginnings that any model goes on from in one way, so that rounding does not change what comes first.
const FIXED_TEXTS = [
  'One, two, three, four,',
  'The days of the week are Monday, Tuesday, Wednesday, Thursday,',
  'A, B, C, D, E, F,',
  'Question: Is the sun hot? Answer:',
  '2, 4, 6, 8, 10,',
];
/** Half precision and other neighbours in a batch move a log-probability by some hundredths; another model by whole nats. */
const REPLICAS_MAY_DIFFER = 0.5;
const FIRST_TOP = 64;

/**
 * Finds out what the servers are, whether they understand what they will be asked, and whether they serve the same.
 *
 * @throws InputError when a server cannot be used, or two of them do not serve the same model
 */
export async function connectEndpoint(settings: EndpointSettings): Promise<ConnectedEndpoint> {
  const retrier = createRetrier(settings.patience ?? USUAL_PATIENCE);
  const texts = FIXED_TEXTS.map((text): EncodedText => ({ text, tokenIds: settings.encode(text) }));
  const tried: TriedServer[] = [];
  for (const address of settings.addresses) {
    tried.push(await tryServer(address, texts, { ...settings, retrier }));
  }
  const [first] = tried;
  if (first === undefined) {
    throw new InputError(
      'Connecting to servers: none was given. Expected at least one address in "endpoint".',
    );
  }
  const { server, model, kind } = first;
  const atEnd = texts.map(({ tokenIds }) => ({ tokenIds, place: tokenIds.length - 1 }));
  const comesFirst = await first.reader.read(
    atEnd.map(({ tokenIds, place }) => ({ tokenIds, reads: [{ place, tokenIds: [] }] })),
  );
  const likely = comesFirst.map(([reading]) => reading?.topTokens.map(({ tokenId }) => tokenId) ?? []);
  const sequences = atEnd.map(({ tokenIds, place }, index) => ({
    tokenIds,
    reads: [{ place, tokenIds: likely[index] ?? [] }],
  }));
  const once = await first.reader.read(sequences);
  const spreads = [spreadBetween(once, await first.reader.read(sequences))];
  for (const other of tried.slice(1)) {
    const spread = spreadBetween(once, await other.reader.read(sequences));
    requireSame(first, other, spread.largest);
    spreads.push(spread);
  }
  return {
    servers: tried.map((one) => one.server),
    ...{ kind, model, retrier },
    identity: sha256OfText(
      JSON.stringify([model, server.kind.name, server.version, likely.map(([tokenId]) => tokenId ?? null)]),
    ),
    selfTest: {
      way: 'requests',
      whyNotPacked: SERVED,
      median: Math.max(...spreads.map(({ median }) => median)),
      largest: Math.max(...spreads.map(({ largest }) => largest)),
      tolerance: REPLICAS_MAY_DIFFER,
    },
  };
}

interface TriedServer {
  readonly server: KnownServer;
  readonly model: string;
  readonly kind: ServerKind;
  readonly reader: SequenceReader;
}

async function tryServer(
  address: ServerAddress,
  texts: readonly EncodedText[],
  settings: EndpointSettings & { readonly retrier: Retrier },
): Promise<TriedServer> {
  const { vocabularySize, retrier, onNotice } = settings;
  const tokenTexts = { decode: settings.decode, vocabularySize };
  const recognised = await recogniseServer(address, { retrier, tokenTexts });
  const model = await servedModel(recognised, settings.model, retrier);
  const kind = await checkServer(recognised, { model, texts, vocabularySize, retrier, onNotice });
  const server = { ...recognised, kind };
  const reader = endpointReader(createReplicas([server], { concurrency: 1, retrier }), {
    ...{ kind, model, vocabularySize, unitPrompts: texts.length },
    top: topTokens(vocabularySize),
  });
  return { server, model, kind, reader };
}

/** How many most probable tokens are asked for, where a server tells no others. */
export function topTokens(vocabularySize: number): { readonly first: number; readonly most: number } {
  return { first: FIRST_TOP, most: vocabularySize };
}

function requireSame(one: TriedServer, other: TriedServer, largest: number): void {
  const facts = ({ server, model }: TriedServer): string =>
    `${model} on ${server.kind.name} ${server.version}`;
  if (facts(one) !== facts(other) || largest > REPLICAS_MAY_DIFFER) {
    throw new InputError(
      `Connecting to servers: ${one.server.address.base} serves ${facts(one)}, ${other.server.address.base} ${facts(other)}, and log-probabilities of ` +
        `the same tokens differ by up to ${largest.toFixed(2)} nats. Expected one model on one version of one server. Correct "endpoint".`,
    );
  }
}
