import { describe, expect, it } from 'vitest';
import { gatherReadings } from '../../lib/runs/gather-readings.js';
import type { Reading } from '../../lib/types.js';

const readings = (count: number): Reading[] => Array.from({ length: count }, () => ({}) as Reading);

function storeOf() {
  const parts: number[] = [];
  return {
    parts,
    store: {
      get nextPart() {
        return parts.length;
      },
      writePart: async (_: number, part: readonly Reading[]) => {
        parts.push(part.length);
        return '';
      },
    },
  };
}

describe('readings on their way into the store', () => {
  it('of a model that runs here are due after twenty, or a second', () => {
    let now = 0;
    const gathering = gatherReadings(storeOf().store, {}, () => now);
    gathering.add(readings(19));
    expect(gathering.isDue()).toBe(false);
    gathering.add(readings(1));
    expect(gathering.isDue()).toBe(true);
    const other = gatherReadings(storeOf().store, {}, () => now);
    now += 1000;
    expect(other.isDue()).toBe(true);
  });

  it('of a server are due after 2,000, or a minute, and stored once it has been found unchanged', async () => {
    let now = 0;
    const { store, parts } = storeOf();
    const asked: string[] = [];
    const confirm = async (haste: string): Promise<boolean> => {
      asked.push(`${haste} at ${now}`);
      return true;
    };
    const gathering = gatherReadings(store, { confirm }, () => now);
    gathering.add(readings(1999));
    expect(gathering.isDue()).toBe(false);
    now += 60_000;
    expect(gathering.isDue()).toBe(true);
    expect(await gathering.store('patient')).toBe(0);
    expect(parts).toEqual([1999]);
    expect(gathering.isDue()).toBe(false);
    gathering.add(readings(2000));
    expect(gathering.isDue()).toBe(true);
    expect(await gathering.store('hurried')).toBe(0);
    expect(parts).toEqual([1999, 2000]);
    expect(asked).toEqual(['patient at 60000', 'hurried at 60000']);
  });

  it('are not kept where nobody can tell what a server was, and ask nothing where there are none', async () => {
    const { store, parts } = storeOf();
    let asked = 0;
    const confirm = async (): Promise<boolean> => {
      asked += 1;
      return false;
    };
    const gathering = gatherReadings(store, { confirm });
    expect(await gathering.store('patient')).toBe(0);
    expect(asked).toBe(0);
    gathering.add(readings(7));
    expect(await gathering.store('patient')).toBe(7);
    expect(await gathering.store('patient')).toBe(0);
    expect(parts).toEqual([]);
  });

  it('are not kept where a server has changed', async () => {
    const { store, parts } = storeOf();
    const gathering = gatherReadings(store, {
      confirm: async () => {
        throw new Error('changed');
      },
    });
    gathering.add(readings(7));
    await expect(gathering.store('patient')).rejects.toThrow('changed');
    expect(await gathering.store('patient')).toBe(0);
    expect(parts).toEqual([]);
  });
});
