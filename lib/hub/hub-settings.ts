import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../files/input-error.js';

/** Where the hub and its cache are, and who asks: what environment variables say, as for Python's huggingface_hub. */
export interface HubSettings {
  /** Address of the hub, without "/" at its end. */
  readonly endpoint: string;
  readonly token: HubToken | null;
  /** Whether no request may be made at all. */
  readonly isOffline: boolean;
  /** Folder of the cache. */
  readonly cache: string;
  /** How long the hub may say nothing, in milliseconds, before the connection counts as broken. */
  readonly silenceMilliseconds: number;
  /** Names of proxy variables that are set; Node's fetch may not heed them. */
  readonly proxyVariables: readonly string[];
}

/** An access token. Its value goes into one request header and nowhere else. */
export interface HubToken {
  readonly value: string;
  /** Variable or file that it came from, for messages. */
  readonly source: string;
}

const DEFAULT_ENDPOINT = 'https://huggingface.co';
const DEFAULT_SILENCE_SECONDS = 30;
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** @throws InputError when a variable has a value that cannot be meant */
export function readHubSettings(environment: NodeJS.ProcessEnv): HubSettings {
  const home = hubHome(environment);
  return {
    endpoint: endpointOf(environment),
    token: readToken(environment, home),
    isOffline: isTrue(environment.HF_HUB_OFFLINE || environment.TRANSFORMERS_OFFLINE),
    cache: withHome(environment.HF_HUB_CACHE || join(home, 'hub'), environment),
    silenceMilliseconds: 1000 * silenceSeconds(environment),
    proxyVariables: PROXIES.filter((name) => environment[name]),
  };
}

function hubHome(environment: NodeJS.ProcessEnv): string {
  const cacheHome = environment.XDG_CACHE_HOME || join(homeOf(environment), '.cache');
  return withHome(environment.HF_HOME || join(cacheHome, 'huggingface'), environment);
}

function homeOf(environment: NodeJS.ProcessEnv): string {
  return environment.HOME || homedir();
}

/** Python's library expands "~" in these variables, which a shell leaves alone inside quotes. */
function withHome(path: string, environment: NodeJS.ProcessEnv): string {
  return path.replace(/^~(?=$|[/\\])/, () => homeOf(environment));
}

function isTrue(value: string | undefined): boolean {
  return ['1', 'ON', 'YES', 'TRUE'].includes((value ?? '').toUpperCase());
}

function endpointOf({ HF_ENDPOINT }: NodeJS.ProcessEnv): string {
  const text = HF_ENDPOINT || DEFAULT_ENDPOINT;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.username !== '' || url.password !== '')) {
    throw new InputError(
      'Reading HF_ENDPOINT: it holds a user name or password (not shown). Expected an address without: put a token into HF_TOKEN.',
    );
  }
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `Reading HF_ENDPOINT: found "${text}", expected the address of a hub that begins with https://. Mend it, or unset it for ${DEFAULT_ENDPOINT}.`,
    );
  }
  return text.replace(/\/+$/, '');
}

function silenceSeconds({ HF_HUB_DOWNLOAD_TIMEOUT: text }: NodeJS.ProcessEnv): number {
  const seconds = text ? Number(text) : DEFAULT_SILENCE_SECONDS;
  if (!(seconds > 0)) {
    throw new InputError(
      `Reading HF_HUB_DOWNLOAD_TIMEOUT: found "${text}", expected seconds, for example 30.`,
    );
  }
  return seconds;
}

function readToken(environment: NodeJS.ProcessEnv, home: string): HubToken | null {
  const path = withHome(environment.HF_TOKEN_PATH || join(home, 'token'), environment);
  const source = environment.HF_TOKEN ? 'HF_TOKEN' : path;
  const value = (environment.HF_TOKEN || readIfThere(path)).trim();
  if (value === '') {
    return null;
  }
  // Refused here, because a request would put it into its own error message.
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new InputError(
      `Reading the access token from ${source}: it holds characters that no token has (not shown). Expected one line such as ` +
        '"hf_...". Copy it again from the settings page of your account on the hub.',
    );
  }
  return { value, source };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
