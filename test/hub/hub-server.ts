import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A repository as the hub keeps it; each change is a new commit. */
export interface HubRepository {
  readonly files: Record<string, Buffer>;
  /** Commit by branch or tag. */
  readonly revisions: Record<string, string>;
  readonly access?: 'open' | 'gated' | 'private';
}

/** One request that came in. */
export interface Heard {
  readonly side: 'hub' | 'cdn';
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of a body of a file that were handed to the connection. */
  sent: number;
}

/** May answer in place of the server: returns true if it did. `answer` gives the ordinary answer. */
export type Fault = (heard: Heard, response: ServerResponse, answer: () => void) => boolean;

export interface HubServer {
  readonly endpoint: string;
  /** Where large files lie: another origin. */
  readonly cdn: string;
  readonly heard: Heard[];
  readonly repositories: Record<string, HubRepository>;
  fault: Fault | null;
  close(): Promise<void>;
}

/** The token that opens private and gated repositories. */
export const GOOD_TOKEN = 'hf_goodTokenOfTheTests';
export const COMMIT = '1f'.repeat(20);

const PAGE = 4;
const LARGE = /\.onnx$|_data$|\.data$|tokenizer\.json$/;

/** Files of a folder by name, those in folders below it with "/". */
export function filesOf(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    names.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]),
  );
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
export const gitSha1 = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/**
 * A hub on this machine, with large files on a second origin, that speaks the part of the real hub's interface which
 * @huggingface/hub and Python's huggingface_hub use to read models.
 */
export async function startHub(repositories: Record<string, HubRepository>): Promise<HubServer> {
  const heard: Heard[] = [];
  const listening = async (listener: RequestListener) => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  const hub: HubServer = {
    ...{ endpoint: '', cdn: '', heard, repositories, fault: null },
    close: async () => {
      for (const { server } of [front, back]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  const listener =
    (side: Heard['side']): RequestListener =>
    (request, response) => {
      const { method = 'GET', url = '/', headers } = request;
      const entry: Heard = { side, method, url, headers, sent: 0 };
      heard.push(entry);
      const answer = (): void => (side === 'hub' ? answerHub : answerCdn)(hub, entry, response);
      if (hub.fault?.(entry, response, answer) !== true) {
        answer();
      }
    };
  const front = await listening(listener('hub'));
  const back = await listening(listener('cdn'));
  return Object.assign(hub, { endpoint: front.origin, cdn: back.origin });
}

function answerHub(hub: HubServer, entry: Heard, response: ServerResponse): void {
  const url = new URL(entry.url, hub.endpoint);
  const [, api, revision, rest] =
    /^\/(?:api\/models\/)?([\w.-]+\/[\w.-]+)\/(?:revision|tree|resolve)\/([^/?]+)(?:\/(.*))?$/.exec(
      url.pathname,
    ) ?? [];
  const repository = hub.repositories[api ?? ''];
  const token = entry.headers.authorization?.replace('Bearer ', '');
  if (token !== undefined && token !== GOOD_TOKEN) {
    refuse(response, 401, '', 'Invalid credentials in Authorization header');
    return;
  }
  if (repository === undefined || (repository.access === 'private' && token === undefined)) {
    refuse(response, token === undefined ? 401 : 404, 'RepoNotFound', 'Repository not found');
    return;
  }
  const wanted = decodeURIComponent(revision ?? '');
  const commit = Object.values(repository.revisions).includes(wanted) ? wanted : repository.revisions[wanted];
  if (commit === undefined) {
    refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${wanted}`);
    return;
  }
  if (url.pathname.includes('/revision/')) {
    json(response, { ...INFO, id: api, sha: commit, gated: repository.access === 'gated' });
    return;
  }
  if (url.pathname.includes('/tree/')) {
    answerTree(repository, url, response);
    return;
  }
  const name = decodeURIComponent(rest ?? '');
  const bytes = repository.files[name];
  if (repository.access === 'gated' && token === undefined) {
    refuse(response, 401, 'GatedRepo', 'Access to model is restricted.');
    return;
  }
  if (bytes === undefined) {
    refuse(response, 404, 'EntryNotFound', 'Entry not found');
    return;
  }
  const headers = { 'x-repo-commit': commit, 'accept-ranges': 'bytes' };
  if (!LARGE.test(name)) {
    response.setHeaders(new Map(Object.entries({ ...headers, etag: `"${gitSha1(bytes)}"` })));
    sendFile(entry, response, bytes);
    return;
  }
  response.writeHead(302, {
    ...headers,
    'x-linked-etag': `"${sha256(bytes)}"`,
    'x-linked-size': bytes.length,
    location: `${hub.cdn}/${api}/${name}?signature=secret`,
  });
  response.end();
}

const INFO = {
  ...{ _id: '1', private: false, downloads: 1, likes: 1, pipeline_tag: 'text-generation' },
  ...{ lastModified: '2025-01-01T00:00:00.000Z', siblings: [] },
};

/** In pages, as the real hub lists large repositories. */
function answerTree({ files }: HubRepository, url: URL, response: ServerResponse): void {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const entries = Object.entries(files).map(([path, bytes]) => ({
    ...{ type: 'file', path, size: bytes.length, oid: gitSha1(bytes) },
    ...(LARGE.test(path) ? { lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 130 } } : {}),
  }));
  const folders = [...new Set(Object.keys(files).flatMap((name) => name.split('/').slice(0, -1)))];
  const all = [
    ...folders.map((path) => ({ type: 'directory', path, size: 0, oid: '0'.repeat(40) })),
    ...entries,
  ];
  if (from + PAGE < all.length) {
    const next = new URL(url);
    next.searchParams.set('cursor', String(from + PAGE));
    response.setHeader('link', `<${next.href}>; rel="next"`);
  }
  json(response, all.slice(from, from + PAGE));
}

function answerCdn(hub: HubServer, entry: Heard, response: ServerResponse): void {
  const [, organisation, model, ...rest] = new URL(entry.url, hub.cdn).pathname.split('/');
  const bytes = hub.repositories[`${organisation}/${model}`]?.files[rest.join('/')];
  if (bytes === undefined) {
    refuse(response, 404, '', 'no such object');
    return;
  }
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('etag', '"what another origin calls it"');
  sendFile(entry, response, bytes);
}

/** Sends a file or the rest of it, in pieces, and counts what goes out. */
export function sendFile(entry: Heard, response: ServerResponse, bytes: Buffer): void {
  const [, from] = /^bytes=(\d+)-$/.exec(entry.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  const body = bytes.subarray(start);
  if (from !== undefined) {
    response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
  }
  response.writeHead(from === undefined ? 200 : 206, {
    'content-type': 'application/octet-stream',
    'content-length': body.length,
  });
  if (entry.method !== 'HEAD') {
    entry.sent = body.length;
    response.write(body);
  }
  response.end();
}

export function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-error-message': message,
    ...(code === '' ? {} : { 'x-error-code': code }),
  });
  response.end(JSON.stringify({ error: message }));
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
}
