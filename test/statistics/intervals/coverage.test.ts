import { describe, expect, it } from 'vitest';
import { fisherMean } from '../../../lib/statistics/bootstrap/correlation-statistics.js';
import { groupBootstrap } from '../../../lib/statistics/bootstrap/group-bootstrap.js';
import { meanColumnCorrelationInterval } from '../../../lib/statistics/intervals/mean-column-correlation-interval.js';
import { meanCorrelationInterval } from '../../../lib/statistics/intervals/mean-correlation-interval.js';
import { loadMatrixBackend } from '../../../lib/statistics/matrix-backend.js';
import { createRandom } from '../../../lib/statistics/random.js';
import type { Interval } from '../../../lib/statistics/student-t.js';
import { clusteredWorld, zoneWorld } from './simulated-worlds.js';

const WORLDS = 200;

/** Three Monte Carlo standard errors about .95 for 200 worlds: sqrt(.95 * .05 / 200) = .0154. */
const BAND = { low: 0.904, high: 0.996 };

const holds = (interval: Interval | null, value: number) =>
  interval !== null && interval.low <= value && value <= interval.high;

describe('intervals in simulated worlds whose items depend on each other in batteries', () => {
  it('the headline interval covers the mean population r, a bootstrap of single items does not', async () => {
    const random = createRandom(20250601);
    const backend = await loadMatrixBackend({ order: ['wasm', 'plain'] });
    let headline = 0;
    let singleItems = 0;
    for (let k = 0; k < WORLDS; k += 1) {
      const world = clusteredWorld(random);
      const { x, y } = world;
      headline += holds(meanCorrelationInterval(world).interval, world.meanPopulationR) ? 1 : 0;
      const bootstrap = await groupBootstrap({
        x,
        models: [y],
        columnGroups: world.columnGroups.map((_, column) => String(column)),
        statistics: [fisherMean(0)],
        replicates: 200,
        random,
        backend,
      });
      singleItems += holds(bootstrap.estimates[0]?.interval ?? null, world.meanPopulationR) ? 1 : 0;
    }
    expect(headline / WORLDS).toBeGreaterThan(BAND.low);
    expect(headline / WORLDS).toBeLessThan(BAND.high);
    expect(singleItems / WORLDS).toBeLessThan(BAND.low);
  });
});

describe('intervals in simulated worlds whose countries depend on each other in zones', () => {
  it('the two-way interval of r within items covers the population r, one over batteries alone does not', () => {
    const random = createRandom(20250602);
    let twoWay = 0;
    let batteriesAlone = 0;
    for (let k = 0; k < WORLDS; k += 1) {
      const world = zoneWorld(random);
      const found = meanColumnCorrelationInterval(world);
      twoWay += holds(found.interval, world.populationR) ? 1 : 0;
      const reach = 2.2 * Math.sqrt(found.variance?.columns ?? 0);
      batteriesAlone += Math.abs((found.estimate ?? 9) - world.populationR) < reach ? 1 : 0;
    }
    expect(twoWay / WORLDS).toBeGreaterThan(BAND.low);
    expect(batteriesAlone / WORLDS).toBeLessThan(0.7);
  });
});
