import { InputError } from '../../files/input-error.js';
import type { ServerWitness } from '../../types.js';
import { type KnownServer, recogniseAgain } from './recognise-server.js';
import type { Retrier } from './retries.js';
import { servedNames } from './served-model.js';
import type { ServerFacts } from './server-kind.js';
import { requireSameWeights, witnessSpread } from './witness.js';

/** What a server was when it was connected to. */
export interface ServerBefore {
  readonly server: KnownServer;
  /** Served name. */
  readonly model: string;
  readonly witness: readonly ServerWitness[];
  /** How long reading it took. */
  readonly witnessSeconds: number;
  /** Reads the witness again. */
  readonly readWitness: (server: KnownServer, retrier: Retrier) => Promise<readonly ServerWitness[]>;
}

const WAY_OUT =
  'It seems to have been started again as another. What was read since it was last found the same is not kept, for readings of two models are ' +
  'never mixed. Serve the model of before and repeat the command, which goes on from what is stored, or ask under another study id or name.';

/**
 * Asks a server once more what it is and what it says after the texts of the witness.
 *
 * @throws GivenUp when it does not answer; InputError when it is another, or serves other weights
 */
export async function requireUnchanged(before: ServerBefore, retrier: Retrier): Promise<void> {
  const { server, model, witness } = before;
  const { base } = server.address;
  const { facts, models } = await recogniseAgain(server, retrier);
  const names = servedNames(models);
  if (!names.includes(model)) {
    const now = names.join(', ') || 'no model that it names';
    throw new InputError(
      `Asking ${base} again: it serves ${now} and served ${model}. Expected the same. ${WAY_OUT}`,
    );
  }
  const was = inWords(server, server.facts);
  const is = facts === null ? `no ${server.kind.name} any more` : inWords(server, facts);
  if (was !== is) {
    throw new InputError(`Asking ${base} again: it was ${was} and is ${is}. Expected the same. ${WAY_OUT}`);
  }
  requireSameWeights(
    witnessSpread(witness, await before.readWitness(server, retrier)),
    `Asking ${base} again: it answers otherwise than when it was connected to`,
    WAY_OUT,
  );
}

function inWords({ kind }: KnownServer, { version, weights }: ServerFacts): string {
  return `${kind.name} ${version}${weights === '' ? '' : ` with the weights "${weights}"`}`;
}
