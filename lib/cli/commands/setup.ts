import { Command } from 'commander';
import { setup } from '../jupyter/setup.js';

/** `culture-lens setup`: a Jupyter with the TypeScript kernel. */
export function setupCommand(): Command {
  return new Command('setup')
    .description(
      'Make sure that there is a Jupyter with the TypeScript kernel (tslab); repeating it costs nothing.',
    )
    .option('--own', "use the project's own .venv even where another Jupyter is found")
    .action(async (options: { own?: boolean }) => {
      const environment = await setup({ log: console.log, ownEnvironment: options.own === true });
      console.log(
        `Jupyter with the tslab kernel: ${environment.prefix}\nOpen the notebooks with: npm run lab`,
      );
    });
}
