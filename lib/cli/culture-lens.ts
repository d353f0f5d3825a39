import { CommanderError } from 'commander';
import { InputError } from '../files/input-error.js';
import { FetchInterrupted } from '../hub/hub-failure.js';
import { ProbeInterrupted } from '../runs/probe.js';
import { commandOf } from './command-line.js';
import { ScoreDropped } from './commands/compare.js';
import { cultureLensProgram } from './program.js';
import { EXIT_INTERRUPTED, Interrupted } from './until-interrupted.js';

const EXIT_INPUT = 1;
const EXIT_DROP = 1;

/**
 * Runs the command line.
 *
 * @param argv as in `process.argv`
 * @returns the exit status: 0 done, 1 something given cannot be used or a score dropped, 2 a wrong option, 130 stopped by Ctrl-C
 */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    await cultureLensProgram().parseAsync([...argv]);
    return 0;
  } catch (error) {
    return report(error, argv);
  }
}

function report(error: unknown, argv: readonly string[]): number {
  if (error instanceof CommanderError) {
    // Commander has printed its message already; asking for help is no error.
    return error.exitCode === 0 ? 0 : 2;
  }
  if (error instanceof ProbeInterrupted || error instanceof FetchInterrupted) {
    console.error(`\n${error.message}\nTo go on from there: ${commandOf(argv)}`);
    return EXIT_INTERRUPTED;
  }
  if (error instanceof Interrupted) {
    console.error(`\n${error.message}`);
    return EXIT_INTERRUPTED;
  }
  if (error instanceof ScoreDropped) {
    console.error(`\n${error.message}`);
    return EXIT_DROP;
  }
  if (error instanceof InputError) {
    console.error(`\nculture-lens: ${error.message}`);
    return EXIT_INPUT;
  }
  throw error;
}
