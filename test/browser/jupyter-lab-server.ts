import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kernelEnvironment } from '../../lib/cli/jupyter/execute-notebook.js';
import { labArguments } from '../../lib/cli/jupyter/lab.js';
import type { JupyterPython } from '../../lib/cli/jupyter/python.js';

export interface JupyterLabServer {
  /** The address that opens a notebook, named relative to the server's folder. */
  addressOf(notebook: string): string;
  /** Ends all kernels that run; notebooks opened later get new ones. */
  stopKernels(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a real JupyterLab on a folder, with settings of its own, and waits until it answers. */
export async function startJupyterLab(environment: JupyterPython, folder: string): Promise<JupyterLabServer> {
  const settings = mkdtempSync(join(tmpdir(), 'culture-lens-jupyter-'));
  const port = await freePort();
  const token = randomBytes(12).toString('hex');
  const child = spawn(
    environment.python,
    labArguments(
      {
        folder,
        browser: false,
        port,
        extraArguments: [`--IdentityProvider.token=${token}`, '--ServerApp.port_retries=0'],
      },
      process.getuid?.() === 0,
    ),
    {
      cwd: folder,
      env: {
        ...kernelEnvironment(),
        JUPYTER_CONFIG_DIR: join(settings, 'config'),
        JUPYTER_RUNTIME_DIR: join(settings, 'runtime'),
        JUPYTERLAB_SETTINGS_DIR: join(settings, 'settings'),
        JUPYTERLAB_WORKSPACES_DIR: join(settings, 'workspaces'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const stop = async (): Promise<void> => {
    await endOf(child);
    rmSync(settings, { recursive: true, force: true });
  };
  try {
    await answers(`http://127.0.0.1:${port}/api/status?token=${token}`, child);
  } catch (error) {
    await stop();
    throw new Error(`JupyterLab did not start (${String(error)}):\n${complaints}`);
  }
  return {
    addressOf: (notebook) => `http://127.0.0.1:${port}/lab/tree/${notebook}?token=${token}`,
    stopKernels: () => stopKernels(`http://127.0.0.1:${port}/api/kernels`, token),
    stop,
  };
}

async function stopKernels(address: string, token: string): Promise<void> {
  const headers = { authorization: `token ${token}` };
  const kernels = (await (await fetch(address, { headers })).json()) as { readonly id: string }[];
  for (const { id } of kernels) {
    await fetch(`${address}/${id}`, { method: 'DELETE', headers });
  }
}

async function answers(address: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 90_000; Date.now() < end; await sleep(250)) {
    if (child.exitCode !== null) {
      throw new Error(`it ended with status ${child.exitCode}`);
    }
    const response = await fetch(address).catch(() => null);
    if (response?.ok === true) {
      return;
    }
  }
  throw new Error('no answer in 90 s');
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(),
      );
    });
  });
}
