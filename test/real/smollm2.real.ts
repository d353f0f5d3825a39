import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../lib/files/data-folder.js';
import { sha256OfText } from '../../lib/files/hash.js';
import { asChatPrompt, DEFAULT_CHAT_SETTINGS, loadChatTemplate } from '../../lib/prompts/chat-template.js';
import { renderPrompt } from '../../lib/prompts/render-prompt.js';
import { findTemplate, loadTemplates } from '../../lib/prompts/templates.js';
import { openModelFolder } from '../../lib/runs/models/open-model-folder.js';
import { readManifest, readReadings } from '../../lib/runs/store/index.js';
import { loadCountries } from '../../lib/survey/countries.js';
import { selectCountries } from '../../lib/survey/country-selection.js';
import { answerTextIds } from '../../lib/tokenization/encode-prompt.js';
import { loadTokenizer } from '../../lib/tokenization/tokenizer.js';
import type { Prompt, Reading } from '../../lib/types.js';
import { chooseItems } from './choose-items.js';
import {
  askReference,
  type ReferenceAnswer,
  type ReferencePrompt,
  realFolder,
  requireWeights,
  resultsFolder,
} from './reference.js';

requireWeights();

const EXPORTS = ['plain-fp32', 'genai-fp32', 'genai-int4'] as const;
const FLOAT32_TOLERANCE = 1e-4;
const GREEDY_TOKENS = 8;

const items = chooseItems();
const countries = selectCountries(loadCountries(), 'default-55');
const template = findTemplate(loadTemplates(), 'people-answer');
const plain = items.flatMap((item) =>
  countries.map((country) => renderPrompt({ item, template, country, order: 'given' })),
);

const question = (
  prompt: Prompt,
  format: Prompt['format'],
  continuations: readonly string[],
): ReferencePrompt => ({
  text: prompt.text,
  messages: format === 'chat' ? [{ role: 'user', content: prompt.text }] : null,
  letters: prompt.options.map((option) => option.letter),
  continuations,
});
const keyOf = ({ variable, country, format }: Pick<Reading, 'variable' | 'country' | 'format'>): string =>
  [variable, country, format].join('|');

function probeWithTheProduct(name: string): void {
  const command = [
    projectPath('lib', 'bin', 'culture-lens.js'),
    'probe',
    join(realFolder, 'out', name),
    ...['--study', 'check-real', '--items', items.map((item) => item.variable).join(',')],
    ...['--order', 'given', '--format', 'both', '--provider', 'cpu', '--runs', join(resultsFolder, 'runs')],
  ];
  const run = spawnSync(process.execPath, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  console.log(`${name}\n${run.stdout}${run.stderr.split('\n').slice(-4).join('\n')}`);
  expect(run.status).toBe(0);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

let expected: Map<string, ReferenceAnswer>;

beforeAll(() => {
  // Readings of an earlier check would be resumed and compare the engine of then.
  rmSync(join(resultsFolder, 'runs'), { recursive: true, force: true });
  console.log(`items: ${items.map((item) => item.variable).join(' ')}`);
  const formats = ['plain', 'chat'] as const;
  const asked = formats.flatMap((format) => plain.map((prompt) => ({ prompt, format })));
  const answers = askReference(
    asked.map(({ prompt, format }) => question(prompt, format, [])),
    0,
  );
  expected = new Map(
    asked.flatMap(({ prompt, format }, index) => {
      const answer = answers[index];
      return answer === undefined ? [] : [[keyOf({ ...prompt, format }), answer]];
    }),
  );
});

describe.each(EXPORTS)('SmolLM2-135M-Instruct, %s, 24 items x 55 countries, plain and chat', (name) => {
  it('gives the prompts, token ids and option log-probabilities of Python transformers', async () => {
    probeWithTheProduct(name);
    const folder = join(resultsFolder, 'runs', 'check-real', name);
    const { model, plan } = readManifest(folder);
    console.log(
      `${name}: ${plan.kind} (${plan.reason}), self-test ${model.selfTest?.largest.toExponential(1)} nats`,
    );
    expect(plan.kind).toBe(name === 'genai-int4' ? 'equal-length-batches' : 'packed-rows');
    const readings = await readReadings(folder);
    expect(readings).toHaveLength(2 * plain.length);
    const differences: number[] = [];
    for (const reading of readings) {
      const wanted = expected.get(keyOf(reading));
      expect(reading.status).toBe('scored');
      expect(reading.promptHash).toBe(sha256OfText(wanted?.renderedText ?? ''));
      expect(reading.tokenIdsHash).toBe(sha256OfText(wanted?.tokenIds.join(',') ?? ''));
      expect(reading.optionTokenIds).toEqual(wanted?.letterTokenIds);
      for (const [place, logProb] of reading.optionLogProbs.entries()) {
        differences.push(Math.abs(logProb - (wanted?.letterLogProbs[place] ?? Number.NaN)));
      }
    }
    const largest = Math.max(...differences);
    console.log(
      `${name}: ${differences.length} option log-probabilities, difference from transformers: ` +
        `median ${median(differences).toExponential(1)}, largest ${largest.toExponential(1)}`,
    );
    expect(Number.isFinite(largest)).toBe(true);
    if (name !== 'genai-int4') {
      expect(largest).toBeLessThan(FLOAT32_TOLERANCE);
    }
  });

  it('gives its sums over answer texts and, in float32, its greedy answers', async () => {
    const folder = join(realFolder, 'out', name);
    const chatTemplate = loadChatTemplate(folder);
    const tokenizer = loadTokenizer(folder);
    // One prompt of every fourth item, plain and chat in turn.
    const few = plain.filter((_, index) => index % (4 * countries.length) === 7);
    const asked = few.map((prompt, index) => ({
      prompt,
      format: index % 2 === 0 ? ('plain' as const) : ('chat' as const),
    }));
    const texts = (prompt: Prompt): string[] => prompt.options.slice(0, 2).map((option) => option.label);
    const answers = askReference(
      asked.map(({ prompt, format }) => question(prompt, format, texts(prompt))),
      GREEDY_TOKENS,
    );
    const { model, encode } = await openModelFolder(folder, { provider: 'cpu' });
    const differences: number[] = [];
    for (const [index, { prompt, format }] of asked.entries()) {
      const own =
        format === 'chat' && chatTemplate !== null
          ? asChatPrompt(prompt, chatTemplate, DEFAULT_CHAT_SETTINGS)
          : prompt;
      const encoding = encode(own);
      const tokenIds = encoding.kind === 'encoded' ? encoding.encoded.tokenIds : [];
      const ids = texts(own).map((text) => answerTextIds(tokenizer, own, text) ?? []);
      const [sums = []] = await model.continuationLogProbs([tokenIds], [ids]);
      for (const [place, { logProb, tokens }] of sums.entries()) {
        const wanted = answers[index]?.continuations[place];
        expect(tokens).toBe(wanted?.tokens);
        differences.push(Math.abs(logProb - (wanted?.logProb ?? Number.NaN)) / tokens);
      }
      if (name !== 'genai-int4') {
        expect(await model.generate(tokenIds, { tokens: GREEDY_TOKENS })).toEqual(answers[index]?.greedy);
      }
    }
    await model.close();
    const largest = Math.max(...differences);
    console.log(
      `${name}: ${differences.length} answer texts, largest difference a token ${largest.toExponential(1)}`,
    );
    if (name !== 'genai-int4') {
      expect(largest).toBeLessThan(FLOAT32_TOLERANCE);
    }
  });
});
