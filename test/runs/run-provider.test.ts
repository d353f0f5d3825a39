import { describe, expect, it } from 'vitest';
import type { ModelSource } from '../../lib/runs/models/model-source.js';
import { providerOf } from '../../lib/runs/run-provider.js';
import { planStudy } from '../../lib/runs/run-study.js';
import { readManifest } from '../../lib/runs/store/index.js';
import { makeStudy } from '../../lib/runs/study.js';
import { answerWith, fakeSource } from '../support/fake-source.js';
import { newFolder, runSmall } from '../support/small-run.js';

const here = { runsOn: 'this-machine' } as const;

describe('providerOf', () => {
  it.each(['server', 'nowhere'] as const)('knows none for %j, whatever is asked for', async (runsOn) => {
    expect(await providerOf({ runsOn }, { choice: 'cuda' })).toBe('none');
  });

  it('takes what is asked for, and stays where a run began', async () => {
    expect(await providerOf(here, { choice: 'cpu' })).toBe('cpu');
    const earlier = { folder: 'runs/x', provider: 'webgpu' } as const;
    expect(await providerOf(here, { choice: 'auto', earlier })).toBe('webgpu');
    await expect(providerOf(here, { choice: 'cpu', earlier })).rejects.toThrow(
      'Resuming the run in runs/x: it began on webgpu, and cpu is asked for.',
    );
  });
});

describe('a model that a server runs', () => {
  const model = { name: 'served', folder: '.' };
  const settings = { items: ['Q1'], countries: ['DEU'], provider: 'cuda' } as const;

  /** Opens a fake as a server does, and notes what each opening was told of a provider. */
  function servedSource(): { source: ModelSource; openedOn: string[] } {
    const openedOn: string[] = [];
    const fake = fakeSource({
      name: 'served',
      answer: ({ prompt }) => answerWith(prompt.options.map(() => 0.1)),
    });
    const open: ModelSource['open'] = (given) => {
      openedOn.push(given.provider);
      return fake.open(given);
    };
    return { source: { ...fake, runsOn: 'server', open }, openedOn };
  }

  it('is planned without trying a provider of this machine', async () => {
    const { source, openedOn } = servedSource();
    const study = makeStudy({ id: 'p', title: 'P', models: [model], settings });
    const silent = { onProgress: () => {}, onMessage: () => {} };
    await planStudy({ study, runsFolder: newFolder(), openSource: () => source, ...silent });
    expect(openedOn).toEqual(['none']);
  });

  it('is probed so too', async () => {
    const { source, openedOn } = servedSource();
    const { folder } = await runSmall(model, { settings, openSource: () => source });
    expect(openedOn).toEqual(['none']);
    expect(readManifest(`${folder}/served`).status).toBe('complete');
  });
});
