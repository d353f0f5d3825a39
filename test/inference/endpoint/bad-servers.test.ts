import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { connectEndpoint } from '../../../lib/inference/endpoint/connect.js';
import { loadTokenizer } from '../../../lib/tokenization/tokenizer.js';
import { type StandIn, send, startStandIn } from './stand-in-server.js';

const folder = projectPath('data', 'models', 'mini', 'mini-6k');
const tokenizer = loadTokenizer(folder);
const KEY = 'a-key-that-nobody-may-see';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(parts: Partial<Parameters<typeof startStandIn>[0]>): Promise<StandIn> {
  const server = await startStandIn({ dialect: 'vllm', folder, ...parts });
  running.push(server);
  return server;
}

const patience = { attempts: 2, firstSeconds: 0.01, longestSeconds: 0.01 };

function connect(bases: readonly string[], model: string | null = null, onNotice = (_: string): void => {}) {
  return connectEndpoint({
    addresses: bases.map((base) => ({ base, key: KEY, timeoutSeconds: 5 })),
    ...{ model, patience, onNotice },
    vocabularySize: tokenizer.vocabularySize,
    encode: (text) => tokenizer.encode(text, { specialTokens: false }),
    decode: (tokenIds) => tokenizer.decode(tokenIds),
  });
}

describe('a server that cannot be used is told in plain words:', () => {
  it('one that is none of the known kinds', async () => {
    const server = await start({
      instead: (_, response) => {
        send(response, 404, { error: 'nothing here' });
        return true;
      },
    });
    await expect(connect([server.address])).rejects.toThrow(
      /it is none that is known.*\/version: .*status 404.*Expected vLLM, SGLang, llama\.cpp's own server/s,
    );
  });

  it('a page instead of an answer', async () => {
    const page = (_: unknown, response: import('node:http').ServerResponse): boolean => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
      return true;
    };
    await expect(connect([(await start({ instead: page })).address])).rejects.toThrow(
      /it answers with a page, not with JSON \("<!doctype html>/,
    );
  });

  it('nobody at the address', async () => {
    const { address, close } = await startStandIn({ dialect: 'vllm', folder });
    await close();
    await expect(connect([address])).rejects.toThrow(/2 attempts failed, the last with "ECONNREFUSED/);
  });

  it.each([
    ['a port that requests may not go to', 'http://127.0.0.1:9', 'its port cannot be asked'],
    ['port 0', 'http://127.0.0.1:0', 'its port cannot be asked'],
    ['a port that there is not', 'http://127.0.0.1:70000', 'that is no address'],
  ])('%s, at once', async (_, address, message) => {
    const notices: string[] = [];
    const attempt = connect([address], null, (line) => notices.push(line));
    await expect(attempt).rejects.toThrow(message);
    await expect(attempt).rejects.toThrow(address);
    expect(notices).toEqual([]);
  });

  it('another model than the one that is wanted', async () => {
    const { address } = await start({ served: 'other-model' });
    await expect(connect([address], 'my-model')).rejects.toThrow(
      'it serves other-model. Expected "my-model". Correct --served-model',
    );
  });

  it('a key that is refused, without showing it', async () => {
    const refuse = (_: unknown, response: import('node:http').ServerResponse): boolean => {
      send(response, 401, { error: `invalid key ${KEY}` });
      return true;
    };
    const attempt = connect([(await start({ instead: refuse })).address]);
    await expect(attempt).rejects.toThrow(
      /refuses with status 401 .*invalid key \(key\).*Set the key in the environment variable/s,
    );
    await expect(attempt).rejects.not.toThrow(KEY);
  });

  it('a redirect to another host, where the key does not arrive', async () => {
    const other = await start({});
    const away = (_: unknown, response: import('node:http').ServerResponse): boolean => {
      response.writeHead(307, { location: `${other.address}/version` }).end();
      return true;
    };
    const server = await start({ instead: away });
    await expect(connect([server.address])).rejects.toThrow(`it redirects to another host, ${other.address}`);
    expect(other.keys()).toEqual([]);
    // The key does arrive where it should: the check above can fail.
    expect(server.keys()).toContain(`Bearer ${KEY}`);
  });

  it('the tokenizer of another model', async () => {
    const { address } = await start({
      folder: projectPath('data', 'models', 'mini', 'mini-local-languages'),
    });
    await expect(connect([address])).rejects.toThrow(
      /Comparing tokenizers with .*that folder belongs to another model/s,
    );
  });

  it('tokens of its own in every prompt', async () => {
    const server = await start({
      instead: (request, response) => {
        if (request.url !== '/v1/completions') {
          return false;
        }
        const top = { 'token_id:3': -0.5, 'token_id:4': -1 };
        send(response, 200, {
          choices: [{ logprobs: { top_logprobs: [top] } }],
          usage: { prompt_tokens: 99 },
        });
        return true;
      },
    });
    await expect(connect([server.address])).rejects.toThrow(
      /it counts 99 tokens in a prompt of \d+ token ids/,
    );
  });

  it.each([
    [
      'counts another number of tokens in a text',
      { prompt_tokens: 99 },
      /it counts 99 tokens in a prompt of \d+ token ids/,
    ],
    [
      'does not count the tokens of a text',
      {},
      /log-probabilities, or does not count the tokens of the prompt/,
    ],
  ])('a server of text completions that %s', async (_, usage, message) => {
    const server = await start({
      dialect: 'completions',
      instead: (request, response) => {
        if (request.url !== '/v1/completions') {
          return false;
        }
        send(response, 200, { choices: [{ logprobs: { top_logprobs: [{ ' A': -1 }] } }], usage });
        return true;
      },
    });
    await expect(connect([server.address])).rejects.toThrow(message);
  });

  it('logits in place of log-probabilities', async () => {
    const server = await start({
      instead: (request, response) => {
        if (request.url !== '/v1/completions') {
          return false;
        }
        send(response, 200, {
          choices: [{ logprobs: { top_logprobs: [{ 'token_id:3': 7.5, 'token_id:4': 2 }] } }],
        });
        return true;
      },
    });
    await expect(connect([server.address])).rejects.toThrow(
      /adds up to a probability of 1\.8.e\+3.*it may tell logits/s,
    );
  });

  it('text without log-probabilities', async () => {
    const { address } = await start({ fault: () => 'no-log-probabilities' });
    await expect(connect([address])).rejects.toThrow(
      /2 attempts failed, the last with "the answer holds no log-probabilities"/,
    );
  });

  it('two servers of different models', async () => {
    const one = await start({});
    const other = await start({ folder: projectPath('data', 'models', 'mini', 'mini-36k') });
    await expect(connect([one.address, other.address])).rejects.toThrow(
      /after one of a few fixed texts, none of the most probable tokens is the same\. Expected differences of at most 0\.05 and 0\.5.*Give servers that run one model/s,
    );
  });

  it('two servers of different weights of one model', async () => {
    const one = await start({});
    const other = await start({ shift: 0.2 });
    await expect(connect([one.address, other.address])).rejects.toThrow(
      /log-probabilities of the same tokens after a few fixed texts differ by .* nats.*Give servers that run one model/s,
    );
  });

  it('one whose own ways a proxy hides', async () => {
    const server = await start({
      instead: (request, response) => {
        if (request.url === '/v1/models') {
          send(response, 200, { data: [{ id: 'm', owned_by: 'vllm' }] });
        } else {
          send(response, 404, {});
        }
        return true;
      },
    });
    await expect(connect([server.address])).rejects.toThrow(
      /its list of models says "vllm".*give the server's own address/s,
    );
  });

  it('a certificate that is not trusted', async () => {
    const read = (name: string): Buffer => readFileSync(projectPath('test', 'hub', name));
    const secure = createServer(
      { key: read('self-signed-key.pem'), cert: read('self-signed-cert.pem') },
      (_, response) => response.end('{}'),
    );
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    running.push({ close: async () => void secure.close() });
    const { port } = secure.address() as AddressInfo;
    await expect(connect([`https://127.0.0.1:${port}`])).rejects.toThrow(
      /its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/s,
    );
  });
});

describe('a key', () => {
  it.each([500, 200])('that the server repeats in an answer with status %i is not shown', async (status) => {
    const echo = (request: import('node:http').IncomingMessage, response: ServerResponse): boolean => {
      response.writeHead(status).end(`<p>headers: ${request.headers.authorization}</p>`);
      return true;
    };
    const attempt = connect([(await start({ instead: echo })).address]);
    await expect(attempt).rejects.toThrow('(key)');
    await expect(attempt).rejects.not.toThrow(KEY);
  });
});

describe('a server that does not know a parameter', () => {
  it('is noticed, and asked in the other way', async () => {
    const notices: string[] = [];
    const { address } = await start({ dialect: 'older-vllm' });
    const { kind } = await connect([address], null, (line) => notices.push(line));
    expect(kind.tells).toBe('most-probable-tokens');
    expect(notices).toEqual([expect.stringContaining('ignores that named tokens are asked for')]);
  });
});
