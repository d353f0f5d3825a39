import { join } from 'node:path';
import type ts from 'typescript';
import { projectPath } from '../../files/data-folder.js';
import { InputError } from '../../files/input-error.js';
import { codeCells, joinedText, type Notebook } from './notebook-file.js';

/** A TypeScript diagnostic in a notebook cell. */
export interface CellDiagnostic {
  /** Which code cell, counted from 1. */
  readonly cell: number;
  /** Line inside the cell, counted from 1. */
  readonly line: number;
  /** TypeScript's number of the message, for example 2339. */
  readonly code: number;
  readonly message: string;
}

export interface TypeCheckOptions {
  /** Folder whose node_modules the imports are looked up from. Default: the repository's notebooks/. */
  readonly folder?: string;
}

/**
 * Type-checks the code cells of a notebook, strictly, as one module: the kernel itself ignores strictness.
 *
 * A name may be declared in one cell only, and imported in one cell only. `culture-lens` is taken as built (lib/dist).
 *
 * @throws InputError when TypeScript is not installed (it comes with `npm ci`, not with `npm ci --omit=dev`)
 */
export async function typeCheckNotebook(
  notebook: Notebook,
  options: TypeCheckOptions = {},
): Promise<CellDiagnostic[]> {
  const typescript = await loadTypeScript();
  const module = moduleOfCells(notebook);
  // The file exists only in memory; its folder decides where imports are looked up.
  const path = join(options.folder ?? projectPath('notebooks'), 'cells-of-a-notebook.mts').replaceAll(
    '\\',
    '/',
  );
  const settings = compilerSettings(typescript);
  const host = typescript.createCompilerHost(settings);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === path
      ? typescript.createSourceFile(name, module.text, typescript.ScriptTarget.ES2022, true)
      : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === path || fileExists.call(host, name);
  host.readFile = (name) => (name === path ? module.text : readFile.call(host, name));
  const program = typescript.createProgram([path], settings, host);
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ];
  return diagnostics.map((diagnostic) => locate(typescript, diagnostic, module));
}

/** One line: "cell 3, line 1: Property 'x' does not exist ... (TS2339)". */
export function describeDiagnostic(diagnostic: CellDiagnostic): string {
  return `cell ${diagnostic.cell}, line ${diagnostic.line}: ${diagnostic.message} (TS${diagnostic.code})`;
}

interface CellModule {
  readonly text: string;
  /** The line of the module, counted from 0, on which each cell begins. */
  readonly firstLines: readonly number[];
}

function moduleOfCells(notebook: Notebook): CellModule {
  const firstLines: number[] = [];
  const lines: string[] = [];
  for (const cell of codeCells(notebook)) {
    firstLines.push(lines.length);
    lines.push(...joinedText(cell.source).split('\n'));
  }
  return { text: `${lines.join('\n')}\nexport {};\n`, firstLines };
}

function locate(typescript: typeof ts, diagnostic: ts.Diagnostic, module: CellModule): CellDiagnostic {
  const message = typescript.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
  if (diagnostic.file === undefined || diagnostic.start === undefined) {
    return { cell: 1, line: 1, code: diagnostic.code, message };
  }
  const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  const cell = Math.max(1, module.firstLines.filter((first) => first <= line).length);
  return { cell, line: line - (module.firstLines[cell - 1] ?? 0) + 1, code: diagnostic.code, message };
}

function compilerSettings(typescript: typeof ts): ts.CompilerOptions {
  return {
    target: typescript.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: typescript.ModuleKind.NodeNext,
    moduleResolution: typescript.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [projectPath('node_modules', '@types')],
    strict: true,
    // Left out on purpose: noUncheckedIndexedAccess would put a "!" behind every index of a cell that teaches something else.
    exactOptionalPropertyTypes: true,
    noFallthroughCasesInSwitch: true,
    skipLibCheck: true,
    noEmit: true,
  };
}

async function loadTypeScript(): Promise<typeof ts> {
  try {
    return (await import('typescript')).default;
  } catch {
    throw new InputError(
      'Type-checking a notebook: the package typescript is missing. Run npm ci (without --omit=dev).',
    );
  }
}
