import { connectionFailure, silenceFailure } from './connection-failure.js';
import { FetchInterrupted, HubFailure } from './hub-failure.js';
import type { HubSettings } from './hub-settings.js';
import { type Asked, statusFailure } from './status-failure.js';

/** Who asks for what. */
export interface HubCaller {
  readonly settings: HubSettings;
  readonly asked: Asked;
  readonly signal: AbortSignal | undefined;
}

/** An answer with status 200-299, its body still to come. */
export interface HubAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly host: string;
  /** The body, piece by piece. @throws HubFailure when the connection breaks or falls silent */
  readonly pieces: AsyncIterable<Uint8Array>;
}

const MOST_REDIRECTS = 10;

/**
 * Asks for an address and hands the answer to `use`; the connection is closed when that ends.
 *
 * Redirects are followed by hand: the token goes to the hub's own origin only, and never from https to http.
 *
 * @throws HubFailure when there is no answer or not the one asked for; FetchInterrupted when the signal says stop
 */
export async function askHub<T>(
  caller: HubCaller,
  request: { readonly url: string; readonly headers?: Readonly<Record<string, string>> },
  use: (answer: HubAnswer) => Promise<T>,
): Promise<T> {
  const { settings, asked, signal } = caller;
  const silence = startSilence(settings.silenceMilliseconds);
  let url = new URL(request.url);
  const explained = (error: unknown): unknown => {
    if (signal?.aborted === true) {
      return new FetchInterrupted('Stopped.');
    }
    return silence.signal.aborted
      ? silenceFailure(url.host, settings)
      : connectionFailure(error, url.host, settings);
  };
  const stop = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const hadToken = settings.token !== null && url.origin === new URL(settings.endpoint).origin;
      const response = await fetch(url, {
        // A compressed body would have another length than the file.
        headers: {
          'accept-encoding': 'identity',
          ...request.headers,
          ...(hadToken ? { authorization: `Bearer ${settings.token?.value}` } : {}),
        },
        redirect: 'manual',
        signal: stop,
      }).catch((error: unknown) => {
        throw explained(error);
      });
      silence.heard();
      const { status, headers } = response;
      const location = headers.get('location');
      if (status >= 300 && status < 400 && location !== null) {
        await response.body?.cancel();
        url = redirectTarget(url, location);
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw statusFailure({ status, headers, hadToken, host: url.host }, asked, settings);
      }
      const reader = response.body?.getReader();
      const pieces = heardPieces(reader, silence.heard, explained);
      try {
        return await use({ status, headers, host: url.host, pieces });
      } finally {
        silence.end();
        await reader?.cancel().catch(() => undefined);
      }
    }
    throw new HubFailure({
      problem: `${new URL(request.url).host} redirects in a circle (${MOST_REDIRECTS} times, last to ${url.host})`,
      wayOut: 'A proxy or a login page may stand in between. Look at HF_ENDPOINT, or try another network.',
      isPassing: false,
    });
  } finally {
    silence.end();
  }
}

function redirectTarget(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  const isDowngrade = from.protocol === 'https:' && to?.protocol !== 'https:';
  if (to === null || isDowngrade || !/^https?:$/.test(to.protocol)) {
    throw new HubFailure({
      problem: `${from.host} redirects ${to === null ? 'to what is no address' : `from ${from.protocol}// to ${to.protocol}//${to.host}`}`,
      wayOut:
        'That is not followed. A proxy or a login page may stand in between. Look at HF_ENDPOINT, or try another network.',
      isPassing: false,
    });
  }
  return to;
}

async function* heardPieces(
  reader: BodyReader | undefined,
  heard: () => void,
  explained: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await reader?.read().catch((error: unknown) => {
      throw explained(error);
    });
    heard();
    if (next?.value === undefined) {
      return;
    }
    yield next.value;
  }
}

/** What is needed of the reader of a body. */
interface BodyReader {
  read(): Promise<{ readonly value?: Uint8Array | undefined }>;
}

/** Aborts after a time in which nothing was heard. */
function startSilence(milliseconds: number): { signal: AbortSignal; heard: () => void; end: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return { signal: controller.signal, heard: () => timer.refresh(), end: () => clearTimeout(timer) };
}
