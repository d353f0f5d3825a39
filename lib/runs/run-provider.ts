import { InputError } from '../files/input-error.js';
import { type ProviderChoice, resolveProvider, tryProvider } from '../inference/provider.js';
import type { Provider } from '../types.js';
import type { ModelSource } from './models/model-source.js';

/** The run that is gone on with: its folder, and what its manifest says of the provider. */
export interface EarlierProvider {
  readonly folder: string;
  readonly provider: Provider | 'none';
}

/**
 * The provider that a model is opened on; `none` where this machine does not compute: a server does, or nobody.
 *
 * A run keeps that of its first start, since another one computes slightly other numbers. Whether a provider runs here is
 * tried only where a choice is free: a run with nothing left to do needs none.
 *
 * @param wanted.choice what the user asked for; `auto` takes the first that really runs
 * @param wanted.earlier the run that is gone on with; null, or left out, for a new one
 * @throws InputError when the provider asked for does not run, or is another than the run began on
 */
export async function providerOf(
  { runsOn }: Pick<ModelSource, 'runsOn'>,
  wanted: { readonly choice: ProviderChoice; readonly earlier?: EarlierProvider | null },
): Promise<Provider | 'none'> {
  const { choice, earlier = null } = wanted;
  if (runsOn !== 'this-machine') {
    return 'none';
  }
  if (earlier === null || earlier.provider === 'none') {
    return resolveProvider(choice);
  }
  const { provider: before, folder } = earlier;
  if (choice !== 'auto' && choice !== before) {
    throw new InputError(
      `Resuming the run in ${folder}: it began on ${before}, and ${choice} is asked for. Numbers of two ` +
        'providers are not mixed: leave the provider to the run, or use another study id.',
    );
  }
  return before;
}

/** Makes sure that a run can go on where it began. @throws InputError with a way out that fits a run */
export async function requireProvider(provider: Provider, folder: string): Promise<void> {
  const trial = await tryProvider(provider);
  if (!trial.runs) {
    throw new InputError(
      `Resuming the run in ${folder}: it began on ${provider}, which does not run on this machine ("${trial.reason}"). ` +
        'Go on where it began, or ask again under another study id.',
    );
  }
}
