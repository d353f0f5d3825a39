import { retryAfterSeconds } from '../network/retry-after.js';
import { HubFailure } from './hub-failure.js';
import type { HubSettings } from './hub-settings.js';

/** The hub's answer, as far as it says why there is no other. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Whether the token went along, which only the hub itself gets. */
  readonly hadToken: boolean;
  /** Who answered, for example "cdn.example". */
  readonly host: string;
}

/** What was asked for. */
export interface Asked {
  /** "org/name" */
  readonly id: string;
  readonly revision: string;
}

/** Says why a status outside 200-299 came, and what to do about it. */
export function statusFailure(
  answer: RefusedAnswer,
  { id, revision }: Asked,
  settings: HubSettings,
): HubFailure {
  const { status, headers, hadToken, host } = answer;
  const code = headers.get('x-error-code') ?? '';
  const said = `${host} answers with status ${status}${code === '' ? '' : ` (${code})`}`;
  const lasting = (problem: string, wayOut: string): HubFailure =>
    new HubFailure({ problem, wayOut, isPassing: false });
  if (status === 429 || status >= 500) {
    const retryAfter = retryAfterSeconds(headers.get('retry-after'));
    const problem = status === 429 ? `${said}: too many requests` : said;
    return new HubFailure({ problem, wayOut: LATER, isPassing: true, retryAfter });
  }
  if (code === 'GatedRepo') {
    return lasting(
      `${id} is gated: its files are for accounts that have accepted its licence`,
      `${hadToken ? `The account of the token in ${settings.token?.source} has not, or waits to be let in. ` : ''}Accept the licence on ` +
        `${settings.endpoint}/${id}${hadToken ? '' : ', put an access token of that account into HF_TOKEN'}, and repeat the command.`,
    );
  }
  if (code === 'RevisionNotFound') {
    return lasting(
      `${id} has no revision "${revision}"`,
      `Expected a branch, a tag or a whole commit of it; ${settings.endpoint}/${id}/tree/main lists them.`,
    );
  }
  if (status === 401 && hadToken && code !== 'RepoNotFound') {
    return lasting(
      `the hub does not accept the access token in ${settings.token?.source}`,
      'It may have expired or been withdrawn. Put a valid one there, or take it away: open models need none.',
    );
  }
  if (status === 403) {
    return lasting(
      `${host} refuses access to ${id} (status 403)`,
      hadToken
        ? `The token in ${settings.token?.source} may not read this model: give it the right to, in the settings of your account on the hub.`
        : 'If the model is restricted, put an access token of an account that may read it into HF_TOKEN; else a firewall may be in between.',
    );
  }
  if (status === 401 || status === 404) {
    return lasting(
      `there is no model ${id} on ${settings.endpoint}, or it is private (the hub does not say which)`,
      `Compare the spelling, capitals included, with the model's page; many models have an ONNX export as onnx-community/<name>. ` +
        `If it is private, put an access token that may read it into HF_TOKEN${hadToken ? `: the one in ${settings.token?.source} may not` : ''}.`,
    );
  }
  return lasting(
    said,
    'Expected the model. Repeat the command later, or look whether HF_ENDPOINT names a hub.',
  );
}

const LATER = 'Repeat the command a little later: it goes on from what has arrived.';
