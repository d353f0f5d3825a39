import { z } from 'zod';
import { InputError } from '../../files/input-error.js';
import type { KnownServer } from './recognise-server.js';

const list = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })).min(1) });

/** The names that a server's answer at /v1/models lists. */
export function servedNames(models: unknown): string[] {
  return list.safeParse(models).data?.data.map(({ id }) => id) ?? [];
}

/**
 * The name under which a server knows the model.
 *
 * @param wanted as the study gives it; null for the only one that there is
 * @throws InputError when it is not served, or which one is meant is not clear
 */
export function servedModel({ address, models }: KnownServer, wanted: string | null): string {
  const names = servedNames(models);
  const [only] = names;
  if (wanted === null && names.length === 1 && only !== undefined) {
    return only;
  }
  if (wanted !== null && names.includes(wanted)) {
    return wanted;
  }
  const expected = wanted === null ? 'one model, or its name' : `"${wanted}"`;
  throw new InputError(
    `Asking ${address.base} for its models: it serves ${names.join(', ') || 'none'}. Expected ${expected}. Correct --served-model ("model" in a ` +
      'study) or the address.',
  );
}
