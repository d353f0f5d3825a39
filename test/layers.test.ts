import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../lib/files/data-folder.js';

const lib = projectPath('lib');

// The rooms in the order of the data flow, with the rooms that each may import (its own always).
const LEAF = ['types', 'files'];
const ALL_BUT_DOORS = [
  ...LEAF,
  ...[
    'survey',
    'prompts',
    'tokenization',
    'inference',
    'hub',
    'scoring',
    'statistics',
    'analysis',
    'figures',
  ],
];
const MAY_IMPORT: Record<string, readonly string[]> = {
  types: [],
  files: [],
  network: ['files'],
  survey: LEAF,
  prompts: LEAF,
  tokenization: LEAF,
  inference: [...LEAF, 'network'],
  hub: [...LEAF, 'network', 'inference'],
  scoring: LEAF,
  statistics: LEAF,
  analysis: [...LEAF, 'survey', 'scoring', 'statistics'],
  figures: LEAF,
  runs: ALL_BUT_DOORS,
  notebook: [...ALL_BUT_DOORS, 'runs'],
  cli: [...ALL_BUT_DOORS, 'runs', 'notebook'],
  index: [...ALL_BUT_DOORS, 'runs', 'notebook'],
};

const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.startsWith('dist/'));

const roomOf = (name: string): string => name.split('/')[0]?.replace(/\.ts$/, '') ?? '';

/** Local files that a source imports, types included, dynamic imports included. */
function importsOf(name: string, text = readFileSync(join(lib, name), 'utf8')): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].flatMap(
    (match) => match[1] ?? [],
  );
  return specifiers.map((specifier) =>
    relative(lib, normalize(join(lib, dirname(name), specifier.replace(/\.js$/, '.ts')))).replaceAll(
      '\\',
      '/',
    ),
  );
}

function forbidden(name: string, imports: readonly string[]): string[] {
  const room = roomOf(name);
  const allowed = [...(MAY_IMPORT[room] ?? []), room];
  return imports
    .filter((target) => !allowed.includes(roomOf(target)))
    .map((target) => `${name} imports ${target}`);
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | null => {
    if (path.includes(name)) {
      return [...path.slice(path.indexOf(name)), name];
    }
    if (finished.has(name)) {
      return null;
    }
    for (const target of graph.get(name) ?? []) {
      const cycle = visit(target, [...path, name]);
      if (cycle !== null) {
        return cycle;
      }
    }
    finished.add(name);
    return null;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle !== null) {
      return cycle;
    }
  }
  return null;
}

describe('the rooms of lib/', () => {
  it('are all known', () => {
    expect(sources.map(roomOf).filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it('import earlier rooms only', () => {
    expect(sources.flatMap((name) => forbidden(name, importsOf(name)))).toEqual([]);
  });

  it('have no import cycle', () => {
    expect(findCycle(new Map(sources.map((name) => [name, importsOf(name)])))).toBeNull();
  });

  it('would be caught importing a later room, or in a circle', () => {
    const imports = importsOf(
      'survey/x.ts',
      "import { a } from '../runs/probe.js';\nawait import('../types.js');",
    );
    expect(imports).toEqual(['runs/probe.ts', 'types.ts']);
    expect(forbidden('survey/x.ts', imports)).toEqual(['survey/x.ts imports runs/probe.ts']);
    const circle = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(findCycle(circle)).toEqual(['b', 'c', 'b']);
  });
});

describe('results', () => {
  // Whoever writes must go through one of these: the store for readings, writeWhole, writeFolder, commitFolder and commitFiles for everything else.
  // Downloads grow under a temporary name first.
  const WRITERS = [
    ...[
      'files/write-whole.ts',
      'files/write-folder.ts',
      'files/commit-folder.ts',
      'files/commit-files.ts',
      'files/growing-file.ts',
      'files/link-file.ts',
    ],
    'runs/store/',
  ];
  const WRITES =
    /\b(writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|renameSync|rename|writeSync|copyFile\w*|cp|cpSync)\s*\(|\bCOPY\b.*\bTO\b/;
  const STORE_ONLY = /(?:from|import\()\s*'(?:[^']*\/store\/(?!index\.js)[^']*|@duckdb\/node-api)'/;
  const DUCKDB = /\bopenDuckDb\b/;

  it('are written in one place only', () => {
    const writers = sources.filter((name) => !WRITERS.some((writer) => name.startsWith(writer)));
    expect(writers.filter((name) => WRITES.test(readFileSync(join(lib, name), 'utf8')))).toEqual([]);
  });

  it('are written by one part of runs/ only: nobody else reaches behind the store', () => {
    const others = sources.filter((name) => !name.startsWith('runs/store/'));
    expect(others.filter((name) => STORE_ONLY.test(readFileSync(join(lib, name), 'utf8')))).toEqual([]);
  });

  it('are computed in DuckDB by the store and the imports only', () => {
    const others = sources.filter((name) => !/^runs\/(store|import)\//.test(name));
    expect(others.filter((name) => DUCKDB.test(readFileSync(join(lib, name), 'utf8')))).toEqual([]);
  });

  it('would be caught being written elsewhere', () => {
    expect(WRITES.test("await writeFile(path, 'x')")).toBe(true);
    expect(WRITES.test("COPY readings TO 'x.parquet'")).toBe(true);
    expect(STORE_ONLY.test("import { x } from './store/parts.js'")).toBe(true);
    expect(DUCKDB.test("import { openDuckDb } from '../store/index.js'")).toBe(true);
  });
});
