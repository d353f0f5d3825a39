/** The store of readings: the only place of the library that writes results. */
export { STORE_CONTRACT } from './contract.js';
export { LOCK_FILE, MANIFEST_FILE, READINGS_FOLDER } from './layout.js';
export {
  FIXED_FIELDS,
  fixedFieldsThatDiffer,
  type Manifest,
  parseManifest,
  type RunSettings,
  readManifest,
  type SelfTest,
} from './manifest.js';
export { type OpenStoreOptions, openStore } from './open-store.js';
export { listParts, type Part } from './part-list.js';
export { readKeys, readReadings } from './read-readings.js';
export { describeKey, keyOf, type ReadingKey } from './reading-key.js';
export type { Store } from './store.js';
