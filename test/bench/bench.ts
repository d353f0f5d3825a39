import { Command, CommanderError } from 'commander';
import { InputError } from '../../lib/files/input-error.js';
import { addCompareOptions } from './commands/compare.js';
import { growthCommand } from './commands/growth.js';

const EXIT_INPUT = 1;
const EXIT_OPTION = 2;

const program = new Command('bench')
  .description(
    'Measures culture-lens against its peers: the same prompts, the real SmolLM2-135M-Instruct, float32, CPU, ' +
      'each peer alone in a process of its own.',
  )
  .exitOverride()
  .showHelpAfterError('(add --help for the options)');
addCompareOptions(program).addCommand(
  growthCommand().exitOverride().showHelpAfterError('(add --help for the options)'),
);
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message already; asking for help is no error.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_OPTION;
  } else if (error instanceof InputError) {
    console.error(`\nbench: ${error.message}`);
    process.exitCode = EXIT_INPUT;
  } else {
    throw error;
  }
}
