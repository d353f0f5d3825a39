import { messageOf } from '../../files/input-error.js';
import { runProcess } from '../python/run-process.js';
import type { Finding } from './finding.js';

/** The version of npm: of the one that runs this command, else of the one on the path. */
export async function npmFinding(environment: NodeJS.ProcessEnv = process.env): Promise<Finding> {
  const running = /\bnpm\/(\S+)/.exec(environment.npm_config_user_agent ?? '')?.[1];
  return { what: 'npm', state: running ?? (await versionOnPath(environment)) };
}

async function versionOnPath(environment: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { status, standardOutput } = await runProcess('npm', ['--version'], {
      environment,
      timeoutMilliseconds: 30_000,
    });
    return status === 0 ? standardOutput.trim() : `does not run: npm --version ended with status ${status}`;
  } catch (error) {
    return `does not run: ${messageOf(error)}`;
  }
}
