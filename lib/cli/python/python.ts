import { posix, win32 } from 'node:path';
import { InputError } from '../../files/input-error.js';
import { runProcess } from './run-process.js';

/** A version of Python, as far as requirements go. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
}

/** A command that starts a Python. */
export interface PythonCommand {
  readonly program: string;
  readonly leadingArguments: readonly string[];
}

/** Where a virtual environment keeps its interpreter. */
export function pythonInside(
  environmentFolder: string,
  platform: NodeJS.Platform = process.platform,
): string {
  return platform === 'win32'
    ? win32.join(environmentFolder, 'Scripts', 'python.exe')
    : posix.join(environmentFolder, 'bin', 'python');
}

/**
 * A command that starts a Python new enough to make a virtual environment with.
 *
 * @param options.what what is being done, for the error: "Setting up Jupyter"
 * @param options.oldest the oldest version that will do
 * @param options.retry what to do once there is one, for the error: "run npm run setup again"
 * @throws InputError when there is none
 */
export async function findPythonToBuildWith(options: {
  readonly what: string;
  readonly oldest: PythonVersion;
  readonly retry: string;
}): Promise<PythonCommand> {
  const { what, oldest, retry } = options;
  const seen: string[] = [];
  for (const candidate of candidates()) {
    const version = await pythonVersion(candidate);
    if (version === null) {
      continue;
    }
    if (isNewEnough(version, oldest)) {
      return candidate;
    }
    seen.push(`${candidate.program} ${version}`);
  }
  throw new InputError(
    `${what}: found ${seen.length === 0 ? 'no Python' : `only ${seen.join(', ')}`}. ` +
      `Expected Python ${oldest.major}.${oldest.minor} or newer. Install one (with its venv module), then ${retry}.`,
  );
}

/** True for the oldest version that will do, "3.10" say, and everything newer. */
export function isNewEnough(version: string, oldest: PythonVersion): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

function candidates(): PythonCommand[] {
  if (process.platform === 'win32') {
    return [
      { program: 'py', leadingArguments: ['-3'] },
      { program: 'python', leadingArguments: [] },
    ];
  }
  const programs = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'];
  return programs.map((program) => ({ program, leadingArguments: [] }));
}

async function pythonVersion({ program, leadingArguments }: PythonCommand): Promise<string | null> {
  const code = "import sys; print('%d.%d' % sys.version_info[:2])";
  try {
    const result = await runProcess(program, [...leadingArguments, '-c', code], {
      timeoutMilliseconds: 30_000,
    });
    return result.status === 0 ? result.standardOutput.trim() : null;
  } catch {
    return null;
  }
}
