import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { projectPath } from '../lib/files/data-folder.js';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(projectPath('package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>;
};

it('the lockfile names the packages of every platform, or npm ci fails on the others', () => {
  // npm leaves out what the registry in use does not offer for this machine; put such entries back by hand.
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      )
      .map((name) => `${name} of ${path}`),
  );
  expect(missing).toEqual([]);
});

it('the lockfile names no download address: whichever registry is configured serves the packages', () => {
  const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? []);
  expect(resolved).toEqual(['lib']);
});

it('the lockfile fits package.json', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(projectPath('package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  })) {
    const locked = packages[`node_modules/${name}`];
    expect({ name, version: version === '*' ? '*' : (locked?.version ?? 'none') }).toEqual({ name, version });
  }
});
