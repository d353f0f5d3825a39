import { existsSync } from 'node:fs';
import { messageOf } from '../../files/input-error.js';
import { readHubSettings } from '../../hub/hub-settings.js';
import type { Finding } from './finding.js';

// Variables that change which hub is asked, or whether any is.
const TOLD = ['HF_ENDPOINT', 'HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE'];

/** Where models of the hub are kept, and what variables say of the hub. Of a token only whether there is one. */
export function hubFindings(environment: NodeJS.ProcessEnv = process.env): Finding[] {
  try {
    const { cache, token } = readHubSettings(environment);
    const told = TOLD.filter((name) => environment[name]).map((name) => `${name}=${environment[name]}`);
    return [
      {
        what: 'hub cache',
        state: `${cache}, ${existsSync(cache) ? 'there' : 'not there yet: fetch makes it'}`,
      },
      { what: 'hub', state: [...told, `access token: ${token === null ? 'none' : 'set'}`].join(', ') },
    ];
  } catch (error) {
    return [{ what: 'hub', state: messageOf(error) }];
  }
}
