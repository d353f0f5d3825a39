import { InputError, messageOf } from '../../files/input-error.js';

/** Where and how a server is asked. */
export interface ServerAddress {
  /** Origin and path prefix, without a slash at the end: "http://127.0.0.1:8000". */
  readonly base: string;
  /** Sent as a bearer token to this origin alone; null for none. Never stored, never printed. */
  readonly key: string | null;
  /** A request without an answer is given up after so many seconds. */
  readonly timeoutSeconds: number;
}

/** What is asked of a server. */
export interface JsonRequest {
  readonly method: 'GET' | 'POST';
  /** Begins with a slash. */
  readonly path: string;
  /** Null for a GET. */
  readonly body: unknown;
}

/** A failure that may pass: the same request can be sent again. */
export class TransientProblem extends Error {
  override readonly name = 'TransientProblem';

  /** @param retryAfterSeconds what the server asks for; null where it says nothing */
  constructor(
    message: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

/** An answer that a server of the kind that is looked for would not give: another page, or a path that it does not have. */
export class ForeignAnswer extends InputError {}

const MOST_REDIRECTS = 3;
const TRANSIENT_STATUS = new Set([408, 409, 425, 429, 500, 502, 503, 504]);
const EXCERPT = 200;

/**
 * Sends one request and parses the answer.
 *
 * Redirects are followed on the same origin only, since the key must not reach another host.
 *
 * @returns the parsed JSON of an answer with status 200
 * @throws TransientProblem for what may pass: overload, a broken connection, silence, an answer cut short
 * @throws InputError for what stays as it is: wrong address, key, model or parameters, with the way out
 */
export async function requestJson(
  server: ServerAddress,
  request: JsonRequest,
  signal?: AbortSignal,
): Promise<unknown> {
  const response = await follow(server, request, signal);
  const text = await readText(server, request, response);
  if (TRANSIENT_STATUS.has(response.status)) {
    throw new TransientProblem(
      `${response.status} ${excerpt(text)}`,
      retryAfter(response.headers.get('retry-after')),
    );
  }
  if (!response.ok) {
    throw refused(server, request, response.status, text);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (/^\s*</.test(text)) {
      throw new ForeignAnswer(
        `Asking ${server.base}${request.path}: it answers with a page, not with JSON ("${excerpt(text)}"). Expected the address of the ` +
          'server itself, for example http://127.0.0.1:8000, and not of a page in front of it. Correct "endpoint".',
      );
    }
    throw new TransientProblem(`the answer is cut short or no JSON: "${excerpt(text)}"`);
  }
}

async function follow(server: ServerAddress, request: JsonRequest, signal?: AbortSignal): Promise<Response> {
  let url = new URL(server.base + request.path);
  const { origin } = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await send(server, request, url, signal);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) {
      return response;
    }
    await response.body?.cancel();
    const next = new URL(location, url);
    if (next.origin !== origin) {
      throw new InputError(
        `Asking ${server.base}: it redirects to another host, ${next.origin}. Expected an answer from ${origin} itself: a key must not reach ` +
          'another host. If that host is the server that you mean, give it as "endpoint".',
      );
    }
    url = next;
  }
  throw new InputError(`Asking ${server.base}${request.path}: it redirects in a circle. Correct "endpoint".`);
}

async function send(
  server: ServerAddress,
  request: JsonRequest,
  url: URL,
  signal?: AbortSignal,
): Promise<Response> {
  const silence = AbortSignal.timeout(server.timeoutSeconds * 1000);
  try {
    return await fetch(url, {
      method: request.method,
      redirect: 'manual',
      signal: signal === undefined ? silence : AbortSignal.any([silence, signal]),
      headers: {
        accept: 'application/json',
        ...(server.key === null ? {} : { authorization: `Bearer ${server.key}` }),
        ...(request.body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === null ? {} : { body: JSON.stringify(request.body) }),
    });
  } catch (error) {
    throw connectionProblem(server, error, signal);
  }
}

async function readText(server: ServerAddress, request: JsonRequest, response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw new TransientProblem(
      `the connection broke while answering ${request.path} (${causeOf(server, error)})`,
    );
  }
}

function connectionProblem(server: ServerAddress, error: unknown, signal?: AbortSignal): Error {
  if (signal?.aborted === true) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const cause = causeOf(server, error);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|ERR_TLS/i.test(cause)) {
    return new InputError(
      `Asking ${server.base}: its certificate is not trusted (${cause}). Expected one that this machine knows. Name the file of the ` +
        'certificate authority in the environment variable NODE_EXTRA_CA_CERTS, or use the name that the certificate is for.',
    );
  }
  return new TransientProblem(
    /TimeoutError|timeout/i.test(cause) ? `no answer within ${server.timeoutSeconds} s` : cause,
  );
}

/** The innermost reason with its code: fetch itself only says "fetch failed". */
function causeOf(server: ServerAddress, error: unknown): string {
  let inner = error as { cause?: unknown; code?: string; name?: string };
  while (inner.cause instanceof Error) {
    inner = inner.cause;
  }
  const words = [inner.code, messageOf(inner), inner.name === 'TimeoutError' ? inner.name : undefined];
  const text = words.filter((word) => word !== undefined && word !== '').join(': ');
  return server.key === null ? text : text.replaceAll(server.key, '(key)');
}

function refused(server: ServerAddress, { path }: JsonRequest, status: number, text: string): InputError {
  const said = excerpt(server.key === null ? text : text.replaceAll(server.key, '(key)'));
  const ways: Record<number, string> = {
    400: "Look up in the server's own documentation what it lacks or limits; vLLM for example limits log-probabilities by --max-logprobs.",
    401: 'Set the key in the environment variable that the study names ("keyVariable").',
    403: 'The key may lack the right to use this model.',
    404: 'Check the address, and the served model\'s name ("model").',
  };
  const kind = status === 401 || status === 403 ? InputError : ForeignAnswer;
  return new kind(
    `Asking ${server.base}${path}: the server refuses with status ${status} ("${said}"). ${ways[status] ?? 'Correct the address or the request.'}`,
  );
}

function retryAfter(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  if (Number.isFinite(seconds)) {
    return Math.max(0, seconds);
  }
  const date = Date.parse(header ?? '');
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT)} ...`;
}
