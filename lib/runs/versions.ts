import { readFileSync } from 'node:fs';
import { projectPath } from '../files/data-folder.js';

const PACKAGES = [
  'onnxruntime-node',
  '@huggingface/tokenizers',
  '@huggingface/jinja',
  '@duckdb/node-api',
  '@tensorflow/tfjs',
];

/** Versions of everything that a number may depend on: for the record, never part of a run's identity. */
export function readVersions(): Record<string, string> {
  const packages = PACKAGES.map((name) => [
    name,
    packageVersion(projectPath('node_modules', name, 'package.json')),
  ]);
  const own = packageVersion(projectPath('package.json'));
  return { node: process.version, 'culture-lens': own, ...Object.fromEntries(packages) };
}

function packageVersion(path: string): string {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
  } catch {
    return 'unknown';
  }
}
