import { availableParallelism, freemem, release, totalmem } from 'node:os';
import { Command } from 'commander';
import { messageOf } from '../../files/input-error.js';
import { PROVIDERS, tryProvider } from '../../inference/provider.js';
import { readVersions } from '../../runs/versions.js';
import { loadMatrixBackend } from '../../statistics/matrix-backend.js';
import type { Finding } from '../doctor/finding.js';
import { hubFindings } from '../doctor/hub-findings.js';
import { npmFinding } from '../doctor/npm-finding.js';
import { pythonFinding } from '../doctor/python-finding.js';
import { gpuFindings } from '../gpu/gpu-findings.js';
import { findChromium } from '../jupyter/chromium.js';
import { kernelIsRegistered } from '../jupyter/kernel.js';
import { findEnvironment } from '../jupyter/setup.js';
import { textTable } from '../tables/text-table.js';

const MOST_CHARACTERS = 110;

/** `culture-lens doctor`: what this machine has, each thing by trying it. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Show what this machine has: providers that really run, matrix backend, Jupyter, browser, hub.',
    )
    .option('--json', 'print as JSON, with every reason in full')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      console.log(
        options.json === true
          ? JSON.stringify(Object.fromEntries(findings.map(({ what, state }) => [what, state])), null, 2)
          : textTable(
              [
                { title: 'what', align: 'left' },
                { title: 'found', align: 'left' },
              ],
              findings.map(({ what, state }) => [what, shorten(state)]),
            ),
      );
    });
}

/** One line of a terminal: libraries tell long stories; `--json` has them whole. */
function shorten(state: string): string {
  return state.length <= MOST_CHARACTERS ? state : `${state.slice(0, MOST_CHARACTERS - 4)} ...`;
}

async function examine(): Promise<Finding[]> {
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const findings: Finding[] = [
    {
      what: 'system',
      state: `${process.platform} ${release()}, ${process.arch}, ${availableParallelism()} cores`,
    },
    { what: 'memory', state: `${gib(freemem())} free of ${gib(totalmem())}` },
    ...Object.entries(readVersions()).map(([what, state]) => ({ what, state })),
    await npmFinding(),
  ];
  for (const provider of PROVIDERS) {
    const trial = await tryProvider(provider);
    findings.push({
      what: `provider ${provider}`,
      state: trial.runs ? 'runs' : `does not run: ${trial.reason}`,
    });
  }
  return [
    ...findings,
    ...(await gpuFindings()),
    ...(await matrixFindings()),
    ...[await pythonFinding(), ...(await notebookFindings())],
    ...hubFindings(),
  ];
}

async function matrixFindings(): Promise<Finding[]> {
  try {
    const backend = await loadMatrixBackend();
    return [
      { what: 'matrix backend', state: backend.name },
      ...backend.tried.map(({ name, reason }) => ({
        what: `backend ${name}`,
        state: `does not run: ${reason}`,
      })),
    ];
  } catch (error) {
    return [{ what: 'matrix backend', state: messageOf(error) }];
  }
}

async function notebookFindings(): Promise<Finding[]> {
  const environment = await findEnvironment();
  const chromium = findChromium();
  return [
    {
      what: 'Jupyter',
      state: environment === null ? 'none found: npm run setup makes one' : environment.prefix,
    },
    {
      what: 'tslab kernel',
      state:
        environment !== null && kernelIsRegistered(environment)
          ? 'registered'
          : 'not registered: npm run setup',
    },
    { what: 'Chromium', state: chromium ?? 'none found: figures cannot be drawn outside JupyterLab' },
  ];
}
