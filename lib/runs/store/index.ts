/** The store of readings: the only place of the library that writes results. DuckDB itself is for runs/import too, which reads by it. */
export { STORE_CONTRACT } from './contract.js';
export { CHUNK_ROWS, type DuckDb, openDuckDb, quoted } from './duckdb.js';
export {
  EXPORTED_ENDINGS,
  type ExportedColumn,
  type ExportedEnding,
  type ExportedValue,
  writeExportedTable,
} from './exported-table.js';
export { LOCK_FILE, MANIFEST_FILE, READINGS_FOLDER } from './layout.js';
export {
  FIXED_FIELDS,
  fixedFieldsThatDiffer,
  parseManifest,
  readManifest,
} from './manifest.js';
export type { Manifest, RunSettings } from './manifest-record.js';
export { logOrigin } from './manifest-schema.js';
export { type OpenStoreOptions, openStore } from './open-store.js';
export { listParts, type Part } from './part-list.js';
export { readKeys, readReadings } from './read-readings.js';
export { describeKey, keyOf, type ReadingKey } from './reading-key.js';
export { PROMPT_HASH_DIGITS } from './recorded/columns.js';
export {
  type Recording,
  type RecordingDraft,
  readRecording,
  requireNewRecording,
  type WrittenRecording,
  writeRecording,
} from './recorded/folder.js';
export {
  RECORDED_READINGS_FILE,
  RECORDING_CONTRACT,
  type RecordedModelCard,
  type RecordingManifest,
  readRecordingManifest,
  recordedRun,
} from './recorded/manifest.js';
export type { RecordedWay } from './recorded/parquet.js';
export type { Store } from './store.js';
export { readTable, type TableColumn, type TableSource } from './table.js';
