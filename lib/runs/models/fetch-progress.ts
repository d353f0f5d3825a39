import type { FetchProgress } from '../../hub/collect-files.js';
import { countProgress, type ProgressCounter, type ProgressListener } from '../progress.js';

const MEGABYTE = 1e6;

/** A download as progress in MB, file by file. @param name the model that is fetched, as the labels have it */
export function fetchProgress(name: string, listener: ProgressListener): (progress: FetchProgress) => void {
  const counters = new Map<string, { readonly counter: ProgressCounter; counted: number }>();
  return ({ file, received, total }) => {
    const megabytes = Math.ceil(received / MEGABYTE);
    const known = counters.get(file);
    if (known === undefined) {
      const work = {
        label: `${name}: MB of ${file}`,
        total: Math.ceil(total / MEGABYTE),
        alreadyDone: megabytes,
      };
      counters.set(file, { counter: countProgress(listener, work), counted: megabytes });
      return;
    }
    if (megabytes !== known.counted) {
      known.counter.advance(megabytes - known.counted);
      known.counted = megabytes;
    }
  };
}
