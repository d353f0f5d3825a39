import { setTimeout as sleep } from 'node:timers/promises';
import { FetchInterrupted } from './hub-failure.js';

/** Waits. @throws FetchInterrupted when the signal says stop meanwhile */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw new FetchInterrupted('Stopped.');
  }
}
