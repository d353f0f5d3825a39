import { messageOf } from '../files/input-error.js';

/** The innermost reason of a failed request. */
export interface FailureCause {
  /** Node's code, for example "ECONNREFUSED"; empty where there is none. */
  readonly code: string;
  readonly text: string;
}

const CERTIFICATE = /CERT|SIGNATURE|ERR_TLS|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/;

/** What lies under the "fetch failed" of a request: the true reason is wrapped, sometimes one for each address that was tried. */
export function failureCause(error: unknown): FailureCause {
  const { cause, code, errors } = error as { cause?: unknown; code?: unknown; errors?: readonly unknown[] };
  const inner = cause ?? errors?.[0];
  if (inner !== undefined) {
    const root = failureCause(inner);
    return root.code === '' && typeof code === 'string' ? { ...root, code } : root;
  }
  return { code: typeof code === 'string' ? code : '', text: messageOf(error) };
}

/** Whether a request failed because the other side's certificate is not trusted. */
export function isCertificateProblem({ code }: FailureCause): boolean {
  return CERTIFICATE.test(code);
}

/**
 * Whether a request failed because of its port: nobody can be reached at port 0, nor at those that fetch refuses for being other
 * services' own.
 *
 * @param host with its port, for example "127.0.0.1:8000"
 */
export function isBadPort(host: string, { text }: FailureCause): boolean {
  return text === 'bad port' || host.endsWith(':0');
}
