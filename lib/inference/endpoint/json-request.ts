import { InputError } from '../../files/input-error.js';
import { failureCause, isBadPort, isCertificateProblem } from '../../network/failure-cause.js';
import { retryAfterSeconds } from '../../network/retry-after.js';
import { RefusedRequest, TransientProblem } from './request-problems.js';

/** Where and how a server is asked. */
export interface ServerAddress {
  /** Origin and path prefix, without a slash at the end: "http://127.0.0.1:8000". */
  readonly base: string;
  /** Sent as a bearer token to this origin alone; null for none. Never stored, never printed. */
  readonly key: string | null;
  /** A request without an answer is given up after so many seconds; at most 300, after which Node gives up by itself. */
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

const MOST_REDIRECTS = 3;
const TRANSIENT_STATUS = new Set([408, 409, 425, 429, 500, 502, 503, 504]);
// What proxies say while the server behind them is started again, and some servers themselves until they have loaded.
const LOSS_STATUS = new Set([502, 503, 504]);
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
  const text = await response.text().catch((error: unknown) => {
    throw connectionProblem(server, error, signal);
  });
  const said = excerpt(server, text);
  if (TRANSIENT_STATUS.has(response.status)) {
    throw new TransientProblem(
      `${response.status} ${said}`,
      retryAfterSeconds(response.headers.get('retry-after')),
      LOSS_STATUS.has(response.status),
    );
  }
  if (!response.ok) {
    throw refused(server, request, response.status, said);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (/^\s*</.test(text)) {
      throw new RefusedRequest(
        `Asking ${server.base}${request.path}: it answers with a page, not with JSON ("${said}"). Expected the address of the ` +
          'server itself, for example http://127.0.0.1:8000, and not of a page in front of it. Correct "endpoint".',
        null,
      );
    }
    throw new TransientProblem(`the answer is cut short or no JSON: "${said}"`);
  }
}

async function follow(server: ServerAddress, request: JsonRequest, signal?: AbortSignal): Promise<Response> {
  let url = urlOf(server, request);
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

function urlOf({ base }: ServerAddress, { path }: JsonRequest): URL {
  if (!URL.canParse(base + path)) {
    throw new InputError(
      `Asking ${base}: that is no address. Expected one such as http://127.0.0.1:8000, with a port from 1 to 65535. Correct "endpoint".`,
    );
  }
  return new URL(base + path);
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

function connectionProblem(server: ServerAddress, error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted === true) {
    return error;
  }
  const cause = failureCause(error);
  const said = excerpt(server, [cause.code, cause.text].filter((part) => part !== '').join(': '));
  if (isCertificateProblem(cause)) {
    return new InputError(
      `Asking ${server.base}: its certificate is not trusted (${said}). Expected one that this machine knows. Name the file of the ` +
        'certificate authority in the environment variable NODE_EXTRA_CA_CERTS, or use the name that the certificate is for.',
    );
  }
  if (isBadPort(new URL(server.base).host, cause)) {
    return new InputError(
      `Asking ${server.base}: its port cannot be asked, being 0 or one that requests may not go to. Expected another, such as 8000. Serve the ` +
        'model at another port, or correct "endpoint".',
    );
  }
  return new TransientProblem(
    (error as { name?: unknown }).name === 'TimeoutError'
      ? `no answer within ${server.timeoutSeconds} s`
      : said,
    null,
    true,
  );
}

function refused(server: ServerAddress, { path }: JsonRequest, status: number, said: string): InputError {
  const what = `Asking ${server.base}${path}: the server refuses with status ${status} ("${said}").`;
  switch (status) {
    case 401:
      return new InputError(
        `${what} Set the key in the environment variable that the study names ("keyVariable").`,
      );
    case 403:
      return new InputError(`${what} The key may lack the right to use this model.`);
    case 404:
      return new RefusedRequest(`${what} Check the address, and the served model's name ("model").`, status);
    default:
      return new RefusedRequest(
        `${what} Look up in the server's own documentation what it lacks or limits.`,
        status,
      );
  }
}

/** The beginning of what a server said, on one line; should it repeat the key, without it. */
function excerpt({ key }: ServerAddress, text: string): string {
  const line = (key === null ? text : text.replaceAll(key, '(key)')).replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT)} ...`;
}
