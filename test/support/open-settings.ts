import type { OpenSettings } from '../../lib/runs/models/model-source.js';

/** Opens a model as a default study on the CPU would. */
export const onTheCpu: OpenSettings = {
  provider: 'cpu',
  threads: null,
  packing: 'auto',
  memoryMegabytes: 256,
  rowTokens: null,
  onNotice: () => {},
};
