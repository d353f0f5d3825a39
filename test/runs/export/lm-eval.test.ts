import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { sha256OfText } from '../../../lib/files/hash.js';
import { exportLmEval, type LmEvalTask } from '../../../lib/runs/export/lm-eval/export-lm-eval.js';
import type { HarnessDocument } from '../../../lib/runs/export/lm-eval/harness-document.js';
import { harnessRequest } from '../../../lib/runs/export/lm-eval/harness-request.js';
import { METADATA_KEY, taskMetadata } from '../../../lib/runs/export/task/task-metadata.js';
import { makeStudy, type StudySettings } from '../../../lib/runs/study.js';
import type { Prompt } from '../../../lib/types.js';
import { newFolder } from '../../support/small-run.js';

const MINI = projectPath('data', 'models', 'mini', 'mini-6k');

const studyOf = (settings: Partial<StudySettings>) =>
  makeStudy({
    id: 'two-items',
    title: 'Two items',
    models: [{ name: 'any', folder: '.' }],
    settings: { items: ['Q57', 'Q164'], countries: ['DEU', 'UZB'], ...settings },
  });

const prompt: Prompt = {
  ...{
    variable: 'Q900',
    country: 'NLD',
    template: 'last',
    order: 'given',
    format: 'plain',
    text: 'Q?\nA. Yes\nB. No\nAnswer:',
  },
  options: [
    { letter: 'A', code: 1, label: 'Yes' },
    { letter: 'B', code: 2, label: 'No' },
  ],
};

describe('a prompt as the harness is to send it', () => {
  it('is the prompt itself, with answers behind one space', () => {
    expect(harnessRequest(prompt, 'letter')).toEqual({
      context: prompt.text,
      border: '',
      choices: [' A', ' B'],
    });
    expect(harnessRequest(prompt, 'answer-text').choices).toEqual([' Yes', ' No']);
  });

  it('has white space at its end in the answers, and alone as one more', () => {
    const chat: Prompt = { ...prompt, format: 'chat', text: '<|user|>\nQ?\n<|assistant|>\n\n' };
    expect(harnessRequest(chat, 'letter')).toEqual({
      context: '<|user|>\nQ?\n<|assistant|>',
      border: '\n\n',
      choices: ['\n\nA', '\n\nB', '\n\n'],
    });
  });
});

describe('a task folder', () => {
  let out: string;
  let task: LmEvalTask;
  const file = (name: string): string => readFileSync(join(out, name), 'utf8');
  const documents = (): HarnessDocument[] =>
    file('documents.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as HarnessDocument);

  beforeAll(async () => {
    out = join(newFolder(), 'task');
    const study = studyOf({ formats: ['plain', 'chat'], templates: ['people-answer', 'no-country'] });
    task = await exportLmEval({ study, out, chatTemplateOf: MINI });
  });

  it('holds each prompt once, with its key, its options and its people', () => {
    // Two items, two orders and two formats; two countries and the country-free wording.
    expect(task).toEqual({ folder: out, task: 'culture_lens_two_items', documents: 2 * 2 * 2 * 3 });
    const all = documents();
    expect(all).toHaveLength(24);
    expect(
      all.every(({ context, border, prompt_hash: hash }) => sha256OfText(context + border) === hash),
    ).toBe(true);
    expect(all.every(({ context }) => context === context.trimEnd())).toBe(true);
    const germany = all.find(
      (one) => one.country === 'DEU' && one.variable === 'Q57' && one.order === 'reversed',
    );
    expect(germany).toMatchObject({ letters: ['A', 'B'], codes: [2, 1], scores: [-1, 1] });
    const [first = 0, second = 0] = germany?.human_shares ?? [];
    expect(first + second).toBeCloseTo(1, 5);
    expect(germany?.most_people).toBe(first > second ? 'A' : 'B');
    expect(
      all.filter(({ country }) => country === null).every(({ most_people: people }) => people === null),
    ).toBe(true);
  });

  it('tells the harness everything that an import needs, and people whom to cite', () => {
    const yaml = file('culture_lens_two_items.yaml');
    const metadata = JSON.parse(/^metadata: (.*)$/m.exec(yaml)?.[1] ?? '');
    expect(taskMetadata.parse(metadata[METADATA_KEY])).toMatchObject({
      study: 'two-items',
      settings: { items: ['Q57', 'Q164'], countries: ['DEU', 'UZB'], formats: ['plain', 'chat'] },
      prompts: { count: 24 },
    });
    expect(metadata.citation).toContain('World Values Survey');
    expect(file('README.md')).toContain('doi:10.14281/18241.24');
    expect(file('README.md')).toContain('--tasks culture_lens_two_items');
    expect(
      readdirSync(out)
        .map((name) => file(name))
        .join(''),
    ).not.toContain(projectPath());
  });

  it('needs a chat template for chat prompts', async () => {
    const study = studyOf({ formats: ['chat'] });
    await expect(exportLmEval({ study, out: join(newFolder(), 'x') })).rejects.toThrow(
      /no model is named.*--chat-template-of/,
    );
  });

  it('takes the place of another task only when told to, and never of something else', async () => {
    const study = studyOf({});
    await expect(exportLmEval({ study, out })).rejects.toThrow(/exists\. .*--replace/);
    expect((await exportLmEval({ study, out, replace: true })).documents).toBe(2 * 2 * 2);
    expect(documents().every(({ format }) => format === 'plain')).toBe(true);
    const mine = newFolder();
    mkdirSync(join(mine, 'sub'));
    writeFileSync(join(mine, 'thesis.txt'), 'mine');
    await expect(exportLmEval({ study, out: mine, replace: true })).rejects.toThrow(
      /exists and is no task folder/,
    );
    expect(readdirSync(mine)).toEqual(['sub', 'thesis.txt']);
  });
});
