import { projectPath } from '../../lib/files/data-folder.js';

/** The Python of the exporters' environment, which make.py of SmolLM2 and the converter leave, or the one that is named. */
export const exportersPython =
  process.env.CULTURE_LENS_PYTHON ??
  projectPath('data', 'models', 'convert', '.venv-exporter', 'bin', 'python');
