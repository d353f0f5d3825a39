import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a whole run of tests one temporary folder and removes it at the end: tests make thousands of folders. */
export default function temporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'culture-lens-'));
  process.env.TMPDIR = folder;
  // Retries: a browser that has just been closed may still be writing its profile.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
