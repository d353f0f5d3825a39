import type { LanguageModel } from '../../types.js';
import { languageModel } from '../language-model.js';
import type { ConnectedEndpoint } from './connect.js';
import { endpointReader } from './endpoint-reader.js';
import { createReplicas } from './replicas.js';

/** What {@link endpointModel} needs to know beside the servers. */
export interface EndpointModelSettings {
  readonly name: string;
  /** SHA-256 over what the numbers depend on: the servers' own identity and the tokenizer. */
  readonly identity: string;
  readonly vocabularySize: number;
  /** Questions that each server has before it at a time. */
  readonly concurrency: number;
  readonly endTokens: readonly number[];
}

// So many prompts for each question under way: workers seldom wait for the last one of a unit.
const UNIT_ROUNDS = 4;

/** A served model as a language model. Its numbers are computed by whatever the server computes with. */
export function endpointModel(connected: ConnectedEndpoint, settings: EndpointModelSettings): LanguageModel {
  const { servers, watches, kind, top, model, retrier, selfTest } = connected;
  const contexts = servers.flatMap(({ facts }) => facts.context ?? []);
  const { name, identity, vocabularySize, concurrency, endTokens } = settings;
  const replicas = createReplicas(servers, { concurrency, retrier, gates: watches });
  const reader = endpointReader(replicas, {
    ...{ kind, top, model, vocabularySize },
    context: contexts.length === 0 ? null : Math.min(...contexts),
    unitPrompts: UNIT_ROUNDS * concurrency * servers.length,
  });
  return languageModel(reader, {
    card: { name, engine: 'endpoint', dtype: 'served', provider: 'none', vocabularySize, selfTest, identity },
    endTokens,
  });
}
