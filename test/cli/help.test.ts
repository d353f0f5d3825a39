import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { cultureLensProgram } from '../../lib/cli/program.js';

function withInner(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withInner)];
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** All that --help prints, in a terminal of so many columns. */
function helpOf(command: Command, columns: number): string[] {
  const printed: string[] = [];
  command.configureOutput({
    writeOut: (text) => printed.push(text),
    getOutHelpWidth: () => columns,
  });
  command.outputHelp();
  return printed.join('').split('\n');
}

const commands = withInner(cultureLensProgram());
// An example, or the rest of one whose first line ends with a backslash.
const isExample = (line: string, at: number, lines: readonly string[]): boolean =>
  /^ {2}(npx|lm_eval|inspect|Rscript) /.test(line) || lines[at - 1]?.endsWith(' \\') === true;

describe('the help', () => {
  it('is looked at of all commands, those within commands too', () => {
    const names = commands.map(nameOf);
    expect(names).toContain('culture-lens probe');
    expect(names).toContain('culture-lens import lm-eval');
    expect(names).toHaveLength(25);
  });

  it.each(commands.map((command) => [nameOf(command), command] as const))(
    'of %s fits into 120 columns, its prose into 100',
    (_, command) => {
      const lines = helpOf(command, 80);
      expect(lines[0]).toMatch(/^Usage: culture-lens/);
      expect(lines.filter((line) => line.length > 120)).toEqual([]);
      expect(lines.filter((line, at) => line.length > 100 && !isExample(line, at, lines))).toEqual([]);
    },
  );

  it('is no wider in a wide terminal', () => {
    const before = process.stdout.columns;
    process.stdout.columns = 300;
    try {
      const widths = withInner(cultureLensProgram()).map((command) =>
        command.configureOutput().getOutHelpWidth?.(),
      );
      expect(new Set(widths)).toEqual(new Set([100]));
    } finally {
      process.stdout.columns = before;
    }
  });
});
