import type { Haste } from '../inference/endpoint/server-watch.js';
import type { Reading } from '../types.js';
import type { OpenedModel } from './models/model-source.js';
import type { Store } from './store/index.js';

/** Readings on their way into the store, several units to a part. */
export interface Gathering {
  add(readings: readonly Reading[]): void;
  /** Whether enough has been gathered for a part. */
  isDue(): boolean;
  /**
   * Stores what was gathered as one part, once a server has been found to be what it was.
   *
   * @returns how many readings are not kept, because nobody can tell what they were read from: they are to be made again
   * @throws InputError when the server has changed; then nothing of this is stored
   */
  store(haste: Haste): Promise<number>;
}

// A kill costs the unit in flight and at most this much more. Small units share a part, or a large study would end in tens of
// thousands of tiny files.
const COMPUTED_HERE = { readings: 20, milliseconds: 1000 };
// Before every part each server is asked four short texts and what it is, some six requests: of one server one in 330, or where it
// is slow six a minute. A kill costs what was read since the last part, and the unit in flight.
const SERVED = { readings: 2000, milliseconds: 60_000 };

/** @param now a clock in milliseconds, given so that tests can hold it */
export function gatherReadings(
  store: Pick<Store, 'writePart' | 'nextPart'>,
  { confirm }: Pick<OpenedModel, 'confirm'>,
  now: () => number = Date.now,
): Gathering {
  const part = confirm === undefined ? COMPUTED_HERE : SERVED;
  const gathered: Reading[] = [];
  let since = now();
  return {
    add: (readings) => {
      gathered.push(...readings);
    },
    isDue: () => gathered.length >= part.readings || now() - since >= part.milliseconds,
    store: async (haste) => {
      const readings = gathered.splice(0);
      since = now();
      if (readings.length === 0) {
        return 0;
      }
      if (confirm !== undefined && !(await confirm(haste))) {
        return readings.length;
      }
      await store.writePart(store.nextPart, readings);
      since = now();
      return 0;
    },
  };
}
