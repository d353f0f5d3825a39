import type { OpenSettings } from '../../lib/runs/models/model-source.js';
import type { Provider } from '../../lib/types.js';

/** Opens a model as a default study on the CPU would. */
export const onTheCpu: OpenSettings & { readonly provider: Provider } = {
  provider: 'cpu',
  threads: null,
  packing: 'auto',
  memoryMegabytes: 256,
  rowTokens: null,
  onNotice: () => {},
};
