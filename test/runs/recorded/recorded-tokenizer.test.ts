import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectPath } from '../../../lib/files/data-folder.js';
import { sha256OfFile } from '../../../lib/files/hash.js';
import { loadChatTemplate } from '../../../lib/prompts/chat-template.js';
import type { ModelSource } from '../../../lib/runs/models/model-source.js';
import { modelTokenizer } from '../../../lib/runs/models/model-tokenizer.js';
import { recordRuns } from '../../../lib/runs/recorded/record-runs.js';
import { checkRecordedTokenizer } from '../../../lib/runs/recorded/recorded-tokenizer.js';
import { readReadings } from '../../../lib/runs/store/index.js';
import { loadTokenizer } from '../../../lib/tokenization/tokenizer.js';
import type { EncodedPrompt, OptionReading, Reading } from '../../../lib/types.js';
import { answerWith, fakeSource } from '../../support/fake-source.js';
import { newFolder, runSmall } from '../../support/small-run.js';

// The real tokenizer and chat template that ship with the real model's recording, under made-up log-probabilities.
const TOKENIZER = projectPath('data', 'models', 'smollm2-135m-instruct', 'tokenizer');
const settings = {
  items: ['Q1', 'Q57', 'Q106'],
  countries: ['DEU', 'KEN', 'BRA'],
  formats: ['plain', 'chat'] as const,
};

/** Depends on every token of the prompt, so that another rendering would have another answer. */
function answer({ prompt, tokenIds, optionTokens }: EncodedPrompt): OptionReading {
  const weights = prompt.options.map(
    (_, place) => 1 + ((tokenIds.reduce((sum, id) => sum + id, 0) >> place) % 7),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 1);
  const reading = answerWith(weights.map((weight) => weight / total));
  const topTokens = optionTokens.slice(0, 1).map(({ tokenId }) => ({ tokenId, logProb: -0.5 }));
  return reading.kind === 'read' ? { ...reading, topTokens } : reading;
}

function chatSource(): ModelSource {
  const fake = fakeSource({ name: 'talks', answer });
  const chatTemplate = loadChatTemplate(TOKENIZER);
  return {
    ...fake,
    chatTemplate,
    open: async (open) => {
      const { model } = await fake.open(open);
      const card = { ...model.card, vocabularySize: 49152 };
      return {
        model: { ...model, card },
        origin: null,
        chatTemplate,
        ...modelTokenizer(loadTokenizer(TOKENIZER)),
      };
    },
  };
}

let run: string;

const record = (tokenizer: string): Promise<string> => {
  const out = join(newFolder(), 'recording');
  return recordRuns({ runs: [run], out, tokenizer, seed: 1 }).then(() => out);
};

beforeAll(async () => {
  const { folder } = await runSmall(
    { name: 'talks', folder: 'nowhere' },
    { settings, openSource: chatSource },
  );
  run = join(folder, 'talks');
}, 60_000);

describe('the tokenizer that ships with the real model', () => {
  it.each(['tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja'])(
    'has the %s that the card lists for every export',
    async (name) => {
      const path = projectPath('data', 'models', 'smollm2-135m-instruct', 'card.json');
      const { files } = JSON.parse(readFileSync(path, 'utf8')) as {
        files: Record<string, Record<string, { sha256: string }>>;
      };
      const listed = Object.values(files).flatMap((folder) => folder[name]?.sha256 ?? []);
      expect(listed.length).toBeGreaterThan(3);
      expect(new Set(listed)).toEqual(new Set([await sha256OfFile(join(TOKENIZER, name))]));
    },
  );
});

describe('recorded readings of a chat model', () => {
  it('are found again from the chat template and the tokenizer that the recording names', async () => {
    const readings = await record(TOKENIZER);
    const { folder, summary } = await runSmall({ name: 'talks', readings }, { settings });
    // 3 items x 3 countries in each format
    expect(
      summary.rows.slice(0, 2).map(({ format, agreement }) => [format, agreement.modelCells]),
    ).toMatchObject([
      ['plain', { expected: 9, unscored: 0 }],
      ['chat', { expected: 9, unscored: 0 }],
    ]);
    const facts = (one: Reading) =>
      [
        one.promptHash,
        one.tokenIdsHash,
        one.tokenCount,
        one.optionTokenIds.join(),
        one.topTokens[0]?.text,
      ].join(' ');
    const [before, after] = await Promise.all([run, join(folder, 'talks')].map(readReadings));
    expect(before).toHaveLength(36);
    expect(after?.map(facts).sort()).toEqual(before?.map(facts).sort());
  });
});

describe('a tokenizer that a recording is to name', () => {
  it('must lie inside the project', async () => {
    await expect(record('/')).rejects.toThrow('Recording runs: the tokenizer / lies outside the project');
    await expect(record(join(projectPath(), '..', 'models'))).rejects.toThrow('lies outside the project');
  });

  it('must be there', async () => {
    await expect(record(projectPath('data', 'items'))).rejects.toThrow('has no tokenizer.json');
  });

  it('must have as many token ids as the model has logits', async () => {
    await expect(record(projectPath('data', 'models', 'mini', 'mini-100k'))).rejects.toThrow(
      /tokenizer\.json knows \d+ token ids, but .* 49152/,
    );
  });

  it('must give the tokens that the runs kept their texts', async () => {
    const recorded = async (text: string) => {
      const [reading] = (await readReadings(run)).map((one) => ({
        ...one,
        topTokens: [{ tokenId: 330, text, logProb: -1 }],
      }));
      const model = {
        name: 'talks',
        dtype: '',
        provider: 'cpu' as const,
        vocabularySize: 49152,
        identity: '',
      };
      return { model, readings: reading === undefined ? [] : [reading] };
    };
    const own = loadTokenizer(TOKENIZER).decode([330]);
    expect(checkRecordedTokenizer(TOKENIZER, await recorded(own))).toBe(
      'data/models/smollm2-135m-instruct/tokenizer',
    );
    const other = await recorded(`${own}x`);
    expect(() => checkRecordedTokenizer(TOKENIZER, other)).toThrow(
      `token 330 is ${JSON.stringify(`${own}x`)} in the readings and ${JSON.stringify(own)} in`,
    );
  });
});
