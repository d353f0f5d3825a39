import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../../lib/files/data-folder.js';
import {
  type FetchedModel,
  type FetchOptions,
  fetchModel,
  type HubReference,
} from '../../lib/hub/fetch-model.js';
import { COMMIT, filesOf, type HubRepository, type HubServer, startHub } from './hub-server.js';

/** A model whose weights lie beside its graph. */
export const EXTERNAL = 'lab/external';
/** A bundled mini model, several graphs, in the layout of onnx-community. */
export const MINI = 'lab/mini';

export const fixture = (name: string): string => projectPath('test', 'fixtures', 'onnx', name);
export const miniFolder = projectPath('data', 'models', 'mini', 'mini-6k');

/** Files of {@link EXTERNAL}; the graph names its weights. */
export const externalFiles = (): Record<string, Buffer> => ({
  ...filesOf(fixture('external-data')),
  'README.md': Buffer.from('# a card'),
  LICENSE: Buffer.from('a licence'),
  'picture.png': Buffer.alloc(1000),
});

/** Files of {@link MINI}: graphs in onnx/, all else at the top. */
export function miniFiles(): Record<string, Buffer> {
  const { 'model.onnx': graph, 'card.json': _, ...side } = filesOf(miniFolder);
  const bytes = graph ?? Buffer.alloc(0);
  return { ...side, 'onnx/model.onnx': bytes, 'onnx/model_q4.onnx': bytes };
}

export const open = (
  files: Record<string, Buffer>,
  access: HubRepository['access'] = 'open',
): HubRepository => ({
  files,
  revisions: { main: COMMIT },
  access,
});

export const startLab = (): Promise<HubServer> =>
  startHub({ [EXTERNAL]: open(externalFiles()), [MINI]: open(miniFiles()) });

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'hub-'));

/** Variables that point to a hub of the tests and to a cache of its own, and to nothing of this machine. */
export function environmentOf(hub: HubServer, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const home = newFolder();
  return {
    HOME: home,
    HF_HOME: join(home, 'hf'),
    HF_ENDPOINT: hub.endpoint,
    HF_HUB_DOWNLOAD_TIMEOUT: '1',
    ...more,
  };
}

/** What a fetch gave and said. */
export interface Fetched {
  readonly model: FetchedModel;
  readonly lines: readonly string[];
}

export async function fetchWith(
  environment: NodeJS.ProcessEnv,
  reference: HubReference,
  options: FetchOptions = {},
): Promise<Fetched> {
  const lines: string[] = [];
  const model = await fetchModel(reference, {
    environment,
    onMessage: (line) => lines.push(line),
    ...options,
  });
  return { model, lines };
}
