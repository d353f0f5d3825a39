import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { recordRuns } from '../../runs/recorded/record-runs.js';

interface RecordOptions {
  readonly out: string;
  readonly tokenizer?: string;
  readonly seed: number;
  readonly round?: number;
}

const HELP = `
A recording is a small folder that can be passed on: readings.parquet (option log-probabilities, no
weights) and manifest.json (the runs that made it). In a study file it takes the place of the model:
  { "name": "my-model", "readings": "path/to/recording" }
What was not recorded, or has another wording by now, is counted as unscored with that reason.`;

/** `culture-lens record <runs>`: makes a recording that stands in for a model where its weights are not. */
export function recordCommand(): Command {
  return new Command('record')
    .description(
      'Make a recording of finished runs of one model: it stands in for the model where its weights are not.',
    )
    .argument('<runs...>', 'run folders, data/runs/<study>/<model>: complete, of the same model files')
    .requiredOption('--out <folder>', 'new folder for the recording')
    .option(
      '--tokenizer <folder>',
      "the model's tokenizer and chat template, inside the project (default: none, so no chat prompts)",
    )
    .option('--seed <number>', 'draws the 500 readings that keep their most probable tokens', seed, 1)
    .option(
      '--round <nats>',
      'round log-probabilities to multiples of this, at most 2^-13, for a smaller file (default: float32)',
      nats,
    )
    .addHelpText('after', HELP)
    .action(async (runs: string[], options: RecordOptions) => {
      const { manifest, bytes } = await recordRuns({
        runs: runs.map((folder) => resolve(folder)),
        out: resolve(options.out),
        tokenizer: options.tokenizer === undefined ? null : resolve(options.tokenizer),
        seed: options.seed,
        step: options.round,
      });
      const { rows, unscored, withTopTokens } = manifest.readings;
      console.log(
        `${manifest.model.name}: ${count(rows)} readings of ${count(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}, ` +
          `${count(unscored)} unscored, ${count(withTopTokens)} with top tokens; ${count(Math.ceil(bytes / 1000))} kB`,
      );
      console.log(`Written: ${options.out}`);
    });
}

function seed(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value >= 2 ** 32) {
    throw new InvalidArgumentError('Expected a whole number from 0 to 4294967295.');
  }
  return value;
}

function nats(text: string): number {
  const power = /^2\^(-?\d+)$/.exec(text);
  const value = power === null ? Number(text) : 2 ** Number(power[1]);
  if (!(value > 0)) {
    throw new InvalidArgumentError('Expected a number above 0, for example 2^-14 or 0.0001.');
  }
  return value;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
