import { basename } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { listNotebooks } from '../../lib/cli/jupyter/commit-notebooks.js';
import { projectPath } from '../../lib/files/data-folder.js';
import { type LabSession, openLab } from '../browser/lab-session.js';
import { runLesson, screenshotLesson } from '../browser/run-lesson.js';

const paths = listNotebooks();

describe('a real JupyterLab', () => {
  let session: LabSession;
  beforeAll(async () => {
    session = await openLab(projectPath('test', 'results', 'jupyter-lab'), paths);
  });
  afterAll(() => session?.close());

  test.each(paths.map((path) => ({ path, name: basename(path, '.ipynb') })))(
    '$name: figures drawn anew, every cell numbered, no error',
    async ({ path, name }) => {
      try {
        await runLesson(session, path);
      } finally {
        await screenshotLesson(session, projectPath('test', 'results', 'lab', name));
      }
    },
  );
});
