import { z } from 'zod';
import { InputError } from '../../files/input-error.js';
import { requestJson } from './json-request.js';
import type { KnownServer } from './recognise-server.js';
import type { Retrier } from './retries.js';

const list = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })).min(1) });

/**
 * The name under which a server knows the model.
 *
 * @param wanted as the study gives it; null for the only one that there is
 * @throws InputError when it is not served, or which one is meant is not clear
 */
export async function servedModel(
  server: KnownServer,
  wanted: string | null,
  retrier: Retrier,
): Promise<string> {
  const { base } = server.address;
  const answer = await retrier.run(`Asking ${base} for its models`, 0, () =>
    requestJson(server.address, { method: 'GET', path: '/v1/models', body: null }),
  );
  const names = list.safeParse(answer).data?.data.map(({ id }) => id) ?? [];
  const [only] = names;
  if (wanted === null && names.length === 1 && only !== undefined) {
    return only;
  }
  if (wanted !== null && names.includes(wanted)) {
    return wanted;
  }
  const expected = wanted === null ? 'one model, or its name in "model"' : `"${wanted}"`;
  throw new InputError(
    `Asking ${base} for its models: it serves ${names.join(', ') || 'none'}. Expected ${expected}. Correct "model" or "endpoint".`,
  );
}
