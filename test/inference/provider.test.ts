import { describe, expect, it } from 'vitest';
import { PROVIDERS, resolveProvider, tryProvider } from '../../lib/inference/provider.js';

describe('providers', () => {
  it('the CPU runs', async () => {
    expect(await tryProvider('cpu')).toEqual({ provider: 'cpu', runs: true, reason: null });
  });

  it('auto takes the first that really runs; one that does not is refused with its own words', async () => {
    const trials = await Promise.all(PROVIDERS.map(tryProvider));
    expect(await resolveProvider('auto')).toBe(trials.find((trial) => trial.runs)?.provider);
    for (const { provider, reason } of trials.filter((trial) => !trial.runs)) {
      const message = `Choosing the provider: ${provider} does not run on this machine ("${reason}")`;
      await expect(resolveProvider(provider)).rejects.toThrow(message);
    }
  });
});
