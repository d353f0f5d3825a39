import { failureCause, isBadPort, isCertificateProblem } from '../network/failure-cause.js';
import { HubFailure } from './hub-failure.js';
import type { HubSettings } from './hub-settings.js';

const NO_SUCH_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN']);

/** Says why a connection failed, and what to do about it; failures that may pass are marked so. */
export function connectionFailure(error: unknown, host: string, settings: HubSettings): HubFailure {
  if (error instanceof HubFailure) {
    return error;
  }
  const cause = failureCause(error);
  const { code, text } = cause;
  if (isCertificateProblem(cause)) {
    return new HubFailure({
      problem: `the certificate of ${host} cannot be trusted (${code}: ${text})`,
      wayOut:
        'If your organisation inspects traffic or runs its own hub, get its root certificate as a PEM file and set NODE_EXTRA_CA_CERTS to ' +
        'that path. Otherwise look at the date of this machine and at HF_ENDPOINT.',
      isPassing: false,
    });
  }
  if (isBadPort(host, cause)) {
    return new HubFailure({
      problem: `no request is sent to ${host}: its port cannot be asked, being 0 or one that requests may not go to`,
      wayOut: 'Correct the port in HF_ENDPOINT, or leave it out.',
      isPassing: false,
    });
  }
  const found = NO_SUCH_HOST.has(code)
    ? `the host ${host} cannot be found (${code})`
    : code === 'ECONNREFUSED'
      ? `${host} refuses connections (${code})`
      : `the connection to ${host} broke (${[code, text].filter((part) => part !== '').join(': ')})`;
  return new HubFailure({
    problem: found,
    wayOut: `${offlineHint(settings)}${proxyHint(settings)}`,
    isPassing: true,
  });
}

/** The server said nothing for too long. */
export function silenceFailure(host: string, settings: HubSettings): HubFailure {
  return new HubFailure({
    problem: `${host} has sent nothing for ${settings.silenceMilliseconds / 1000} s`,
    wayOut: `${offlineHint(settings)} HF_HUB_DOWNLOAD_TIMEOUT sets how many seconds are waited.${proxyHint(settings)}`,
    isPassing: true,
  });
}

function offlineHint({ endpoint }: HubSettings): string {
  return (
    `Look whether this machine is online and ${endpoint} (HF_ENDPOINT) is the hub, and repeat the command: it goes on from what has ` +
    'arrived. With HF_HUB_OFFLINE=1 it makes do with what is in the cache.'
  );
}

function proxyHint({ proxyVariables }: HubSettings): string {
  return proxyVariables.length === 0
    ? ''
    : ` ${proxyVariables.join(', ')} ${proxyVariables.length === 1 ? 'is' : 'are'} set, but Node's own requests go past a proxy unless Node is ` +
        'version 24 or later and NODE_USE_ENV_PROXY=1: fetch the model on a machine that reaches the hub directly and copy the folder.';
}
