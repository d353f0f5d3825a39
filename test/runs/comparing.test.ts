import { expect, it } from 'vitest';
import { runStudy, type StudyRequest } from '../../lib/runs/run-study.js';
import { makeStudy } from '../../lib/runs/study.js';
import { answerWith, fakeSource } from '../support/fake-source.js';
import { newFolder } from '../support/small-run.js';

const LABEL = 'comparing with people: models';

function request(parts: Partial<StudyRequest>): StudyRequest {
  return {
    study: makeStudy({
      id: 'comparing',
      title: 'Two models',
      models: [
        { name: 'first', folder: 'nowhere' },
        { name: 'second', folder: 'nowhere' },
      ],
      settings: { items: ['Q1', 'Q6'], countries: ['DEU', 'KEN'], provider: 'cpu' },
    }),
    runsFolder: newFolder(),
    onProgress: () => {},
    onMessage: () => {},
    signal: new AbortController().signal,
    command: 'a test',
    openSource: ({ name }) =>
      fakeSource({
        name,
        answer: ({ prompt: { options } }) => answerWith(options.map(() => 0.9 / options.length)),
      }),
    ...parts,
  };
}

it('tells of every model that is compared with people', async () => {
  const told: string[] = [];
  await runStudy(
    request({ onProgress: ({ label, done, total }) => label === LABEL && told.push(`${done}/${total}`) }),
  );
  expect(told).toEqual(['0/2', '1/2', '2/2']);
});

it('can be stopped between two models: the same study then goes on without asking anything again', async () => {
  const stop = new AbortController();
  const stopped = request({
    signal: stop.signal,
    onProgress: ({ label, done }) => label === LABEL && done === 1 && stop.abort(new Error('enough')),
  });
  await expect(runStudy(stopped)).rejects.toThrow('enough');
  const messages: string[] = [];
  const { summary } = await runStudy({
    ...request({ onMessage: (line) => messages.push(line) }),
    runsFolder: stopped.runsFolder,
  });
  expect(summary.models.map(({ name }) => name)).toEqual(['first', 'second']);
  expect(messages).toEqual(
    ['first', 'second'].map(
      (name) => `${name}: all 8 readings were stored before; the model was not loaded.`,
    ),
  );
});
