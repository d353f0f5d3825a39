import { readFileSync, writeFileSync } from 'node:fs';
import type { EncodedPrompt } from '../../../lib/types.js';
import type { PeerRequest, PeerResult } from '../records.js';

/** Runs the program of a peer: reads its request from the first file named on the command line, answers in the second. */
export async function answerRequest(
  measure: (request: PeerRequest, prompts: readonly EncodedPrompt[]) => Promise<PeerResult>,
): Promise<void> {
  const [requestFile = '', resultFile = ''] = process.argv.slice(2);
  const request = JSON.parse(readFileSync(requestFile, 'utf8')) as PeerRequest;
  const prompts = JSON.parse(readFileSync(request.prompts, 'utf8')) as EncodedPrompt[];
  const result = await measure(request, prompts.slice(0, request.count));
  writeFileSync(resultFile, JSON.stringify(result));
}

/** Seconds that something takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/**
 * Largest resident memory of a process since it started, in bytes; null where the system does not tell.
 *
 * From /proc, because `getrusage` also counts what the parent held when it started the process.
 */
export function peakMemoryBytes(process: number | 'self' = 'self'): number | null {
  try {
    const status = readFileSync(`/proc/${process}/status`, 'utf8');
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}
