import { isAbsolute } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { sha256OfText } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { confirmServers } from '../../inference/endpoint/confirm-servers.js';
import { type ConnectedEndpoint, connectEndpoint } from '../../inference/endpoint/connect.js';
import { endpointModel } from '../../inference/endpoint/endpoint-model.js';
import type { ServerAddress } from '../../inference/endpoint/json-request.js';
import { readModelSettings } from '../../inference/model-settings.js';
import { loadChatTemplate } from '../../prompts/chat-template.js';
import { loadTokenizer } from '../../tokenization/tokenizer.js';
import { combineHashes, type FileHasher } from '../identity.js';
import type { EndpointModel } from '../study-models.js';
import type { ModelSource } from './model-source.js';
import { modelTokenizer } from './model-tokenizer.js';

const KEY_VARIABLE = 'CULTURE_LENS_API_KEY';
const TIMEOUT_SECONDS = 120;
const CONCURRENCY = 8;

/** A model that servers run. They are asked for the first time when their identity is needed. */
export function endpointSource(reference: EndpointModel, hasher: FileHasher): ModelSource {
  const { name, tokenizer: given, concurrency = CONCURRENCY } = reference;
  const folder = isAbsolute(given) ? given : projectPath(given);
  const tokenizer = loadTokenizer(folder);
  const chatTemplate = loadChatTemplate(folder);
  const { vocabularySize } = tokenizer;
  let connection: Promise<ConnectedEndpoint> | undefined;
  const stop = new AbortController();
  // What is said before the model is opened is kept until somebody listens.
  const early: string[] = [];
  let tell = (line: string): void => void early.push(line);
  const connect = (): Promise<ConnectedEndpoint> => {
    connection ??= connectEndpoint({
      addresses: addressesOf(reference),
      model: reference.model ?? null,
      vocabularySize,
      encode: (text) => tokenizer.encode(text, { specialTokens: false }),
      decode: (tokenIds) => tokenizer.decode(tokenIds),
      signal: stop.signal,
      onNotice: (line) => tell(line),
    });
    return connection;
  };
  const fileIdentity = async (): Promise<string> => {
    const { identity } = await connect();
    const files = await combineHashes(folder, ['tokenizer.json', 'tokenizer_config.json'], hasher);
    return sha256OfText(`${identity}\n${files}\n${chatTemplate?.source ?? ''}`);
  };
  return {
    name,
    runsOn: 'server',
    chatTemplate,
    fileIdentity,
    open: async ({ onNotice, signal }) => {
      signal?.addEventListener('abort', () => stop.abort(), { once: true });
      tell = onNotice;
      for (const line of early.splice(0)) {
        onNotice(line);
      }
      const identity = await fileIdentity();
      const connected = await connect();
      const { endTokens } = readModelSettings(folder);
      const [server] = connected.servers;
      return {
        model: endpointModel(connected, { name, identity, vocabularySize, concurrency, endTokens }),
        origin: {
          kind: 'endpoint',
          server: connected.kind.name,
          version: server?.facts.version ?? 'unknown',
          model: connected.model,
          servers: connected.servers.length,
          witness: connected.witness,
        },
        chatTemplate,
        confirm: (haste) => confirmServers(connected.watches, { haste, signal: stop.signal, onNotice }),
        ...modelTokenizer(tokenizer),
      };
    },
  };
}

function addressesOf({
  name,
  endpoint,
  keyVariable = KEY_VARIABLE,
  timeoutSeconds,
}: EndpointModel): ServerAddress[] {
  const key = process.env[keyVariable] ?? '';
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw new InputError(
      `Asking the servers of ${name}: the key in ${keyVariable} holds a space, a line end or a character beyond ASCII. Expected the key alone. ` +
        'Set the variable again.',
    );
  }
  return [endpoint].flat().map((address) => ({
    // People paste the address that OpenAI's clients want; the servers' own paths begin above it.
    base: address.replace(/\/+$/, '').replace(/\/v1$/, ''),
    key: key === '' ? null : key,
    timeoutSeconds: timeoutSeconds ?? TIMEOUT_SECONDS,
  }));
}
