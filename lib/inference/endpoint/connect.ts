import { sha256OfText } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import type { Patience } from '../../network/back-off.js';
import type { SelfTest, ServerWitness } from '../../types.js';
import type { Spread } from '../self-test.js';
import { type CheckedServer, checkServer, type EncodedText } from './check-server.js';
import { endpointReader, SERVED } from './endpoint-reader.js';
import type { ServerAddress } from './json-request.js';
import { type KnownServer, recogniseServer } from './recognise-server.js';
import { createReplicas } from './replicas.js';
import { createRetrier, type Retrier, USUAL_PATIENCE } from './retries.js';
import { servedModel } from './served-model.js';
import { type ServerWatch, type WatchSettings, watchServer } from './server-watch.js';
import type { ServerBefore } from './unchanged.js';
import { readWitness, requireSameWeights, SAME_WEIGHTS, WITNESS_TEXTS, witnessSpread } from './witness.js';

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
  /** How servers are asked again whether they are unchanged; given so that tests need not wait. */
  readonly watching?: Pick<WatchSettings, 'patience' | 'hurriedSeconds'>;
  /** Ends everything that is under way. */
  readonly signal?: AbortSignal | undefined;
  readonly onNotice: (line: string) => void;
}

/** Servers that were tried and answer alike. */
export interface ConnectedEndpoint extends CheckedServer {
  readonly servers: readonly KnownServer[];
  /** One for each server. */
  readonly watches: readonly ServerWatch[];
  /** Served name. */
  readonly model: string;
  readonly retrier: Retrier;
  /** SHA-256 over the served name, kind and version of the server, and where it says its weights are. */
  readonly identity: string;
  /** What the servers say after a few texts; on another day the same servers must say the same. */
  readonly witness: readonly ServerWitness[];
  readonly selfTest: SelfTest;
}

/**
 * Finds out what the servers are, whether they understand what they will be asked, and whether they serve the same.
 *
 * @throws InputError when a server cannot be used, or two of them do not serve the same model
 */
export async function connectEndpoint(settings: EndpointSettings): Promise<ConnectedEndpoint> {
  const { signal, onNotice, watching } = settings;
  const retrier = createRetrier(settings.patience ?? USUAL_PATIENCE, { signal, onNotice });
  const texts = WITNESS_TEXTS.map((text): EncodedText => ({ text, tokenIds: settings.encode(text) }));
  const tried: TriedServer[] = [];
  for (const address of settings.addresses) {
    tried.push(await tryServer(address, texts, { ...settings, retrier }));
  }
  const [first] = tried;
  if (first === undefined) {
    throw new InputError('Connecting to servers: none was given. Expected at least one address.');
  }
  const { witness } = first;
  const spreads = [witnessSpread(witness, await first.readWitness(first.server, retrier))];
  for (const other of tried.slice(1)) {
    const spread = witnessSpread(witness, other.witness);
    requireSame(first, other, spread);
    spreads.push(spread);
  }
  const { server, model, checked } = first;
  const { version, weights } = server.facts;
  return {
    ...checked,
    servers: tried.map((one) => one.server),
    watches: tried.map((one) => watchServer(one, { ...watching, retrier, onNotice })),
    ...{ model, retrier, witness },
    identity: sha256OfText(JSON.stringify([model, server.kind.name, version, weights])),
    selfTest: {
      way: 'requests',
      whyNotPacked: SERVED,
      median: Math.max(...spreads.map(({ median }) => median)),
      largest: Math.max(...spreads.map(({ largest }) => largest)),
      tolerance: SAME_WEIGHTS.largest,
    },
  };
}

interface TriedServer extends ServerBefore {
  readonly checked: CheckedServer;
}

async function tryServer(
  address: ServerAddress,
  texts: readonly EncodedText[],
  settings: EndpointSettings & { readonly retrier: Retrier },
): Promise<TriedServer> {
  const { vocabularySize, retrier, onNotice, decode } = settings;
  const tokenTexts = { decode, vocabularySize };
  const recognised = await recogniseServer(address, { retrier, tokenTexts, onNotice });
  const model = servedModel(recognised, settings.model);
  const checked = await checkServer(recognised, { model, texts, vocabularySize, retrier, onNotice });
  const server = { ...recognised, kind: checked.kind };
  const read: ServerBefore['readWitness'] = (asked, by) => {
    const reader = endpointReader(createReplicas([asked], { concurrency: 1, retrier: by }), {
      ...{ ...checked, model, vocabularySize, unitPrompts: texts.length },
      context: server.facts.context,
    });
    return readWitness(reader, texts);
  };
  const begun = performance.now();
  const witness = await read(server, retrier);
  const witnessSeconds = (performance.now() - begun) / 1000;
  return { server, model, checked, readWitness: read, witness, witnessSeconds };
}

function requireSame(one: TriedServer, other: TriedServer, spread: Spread): void {
  const facts = ({ server, model }: TriedServer): string =>
    `${model} on ${server.kind.name} ${server.facts.version}`;
  const what = `Connecting to servers: ${one.server.address.base} serves ${facts(one)}, ${other.server.address.base} ${facts(other)}`;
  const wayOut = 'Give servers that run one model on one version of one server.';
  if (facts(one) !== facts(other)) {
    throw new InputError(`${what}. Expected the same. ${wayOut}`);
  }
  requireSameWeights(spread, what, wayOut);
}
