import { type Command, Option } from 'commander';
import { positiveInteger } from '../../../lib/cli/positive-integer.js';
import { writeWhole } from '../../../lib/files/write-whole.js';
import type { PromptFormat } from '../../../lib/types.js';
import { type Comparison, comparePeers } from '../comparison/compare-peers.js';
import { comparisonTable, describePrompts, footnotes } from '../comparison/comparison-table.js';
import { describeMachine } from '../machine-facts.js';
import { PEER_NAMES, type PeerName } from '../peers/peers.js';
import { listOption, listOptionOf } from './list-option.js';

interface CompareOptions {
  readonly peers?: readonly PeerName[];
  readonly format: PromptFormat | 'both';
  readonly items: 'all' | 'check' | readonly string[];
  readonly repeats?: number;
  readonly json?: string;
}

/** Makes the program compare culture-lens with its peers. */
export function addCompareOptions(program: Command): Command {
  return program
    .option(
      '--peers <list>',
      `out of ${PEER_NAMES.join(',')} (default: all; ours and ort need no Python)`,
      listOptionOf(PEER_NAMES),
    )
    .addOption(
      new Option('--format <format>', "plain text, the model's chat template, or both")
        .choices(['plain', 'chat', 'both'])
        .default('both'),
    )
    .option(
      '--items <items>',
      'check: the 24 items of npm run check:real; all: these for every peer, and the whole survey for ours; ' +
        'or variables such as Q57,Q164',
      (text: string) => (text === 'all' || text === 'check' ? text : listOption(text)),
      'all',
    )
    .option('--repeats <n>', 'measure every peer so often (default: ours 3, the others 1)', positiveInteger)
    .option('--json <file>', 'also write everything as JSON')
    .action(compare);
}

async function compare(options: CompareOptions): Promise<void> {
  const comparison = await comparePeers(
    {
      peers: options.peers ?? PEER_NAMES,
      formats: options.format === 'both' ? ['plain', 'chat'] : [options.format],
      items: typeof options.items === 'string' ? null : options.items,
      wholeSurvey: options.items === 'all',
      repeats: options.repeats ?? null,
    },
    (facts) => console.log(describePrompts(facts)),
  );
  print(comparison);
  if (options.json !== undefined) {
    await writeWhole(options.json, `${JSON.stringify(comparison, null, 1)}\n`);
  }
  if (comparison.failed.length > 0) {
    process.exitCode = 1;
  }
}

const HEADLINES: Readonly<Record<PromptFormat, string>> = {
  plain: 'Plain prompts',
  chat: "Prompts in the model's chat template",
};

function print({ machine, settings, measured, failed }: Comparison): void {
  console.log(`\n${describeMachine(machine)}`);
  for (const format of settings.formats) {
    const rows = measured.filter((row) => row.format === format);
    console.log(`\n${HEADLINES[format]}\n\n${comparisonTable(rows)}\n`);
    for (const note of footnotes(rows)) {
      console.log(`- ${note}`);
    }
  }
  for (const { label, format, reason } of failed) {
    console.log(`\n${label}, ${format}: not measured. ${reason}`);
  }
}
