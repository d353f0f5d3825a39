import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keepLoaded } from '../../../lib/inference/cuda/keep-loaded.js';

/** A shared library of the system that Node itself does not use; null where the process map cannot be read. */
const LIBRARY = process.platform === 'linux' ? 'libresolv.so.2' : null;

describe('keepLoaded', () => {
  it.skipIf(LIBRARY === null)(
    'keeps a library that is no addon, also from its source in a child process',
    () => {
      const program = `
      const mapped = () => require('node:fs').readFileSync('/proc/self/maps', 'utf8').includes('libresolv');
      const before = mapped();
      ['${LIBRARY}'].forEach(${keepLoaded});
      process.stdout.write([before, mapped()].join());
    `;
      const { stdout, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
      expect({ stdout, stderr }).toEqual({ stdout: 'false,true', stderr: '' });
    },
  );

  it.skipIf(LIBRARY === null)('passes over what cannot be loaded', () => {
    keepLoaded('/absent/libabsent.so.1');
    expect(readFileSync('/proc/self/maps', 'utf8')).not.toContain('libabsent');
  });
});
