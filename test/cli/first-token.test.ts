import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../lib/cli/culture-lens.js';
import { projectPath } from '../../lib/files/data-folder.js';
import type { FirstTokenCheck } from '../../lib/runs/first-token/first-token-record.js';
import { readManifest, readReadings } from '../../lib/runs/store/index.js';
import { send, startStandIn } from '../inference/endpoint/stand-in-server.js';
import { newFolder } from '../support/small-run.js';

const printed: string[] = [];
const errors: string[] = [];

async function command(...words: string[]): Promise<number> {
  printed.length = 0;
  errors.length = 0;
  vi.spyOn(console, 'log').mockImplementation((text) => void printed.push(String(text)));
  vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(String(text)));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(String(text)) > 0);
  return run(['node', 'culture-lens', ...words]);
}

afterEach(() => {
  vi.restoreAllMocks();
});

const MODEL = 'data/models/mini/mini-100k';
const FEW = ['--items', 'Q1,Q57,Q106', '--countries', 'DEU,KEN'];

describe('culture-lens first-token', () => {
  it('prints how often the most probable letter is what is written, with an interval and examples', async () => {
    expect(await command('first-token', MODEL, ...FEW, '--sample', '10', '--name', 'mine')).toBe(0);
    // 3 items x 2 orders x 2 countries
    expect(printed[0]).toMatch(
      /^mine: 10 of 12 prompts, drawn by seed 1; greedy answers of at most 12 tokens$/m,
    );
    expect(printed[0]).toMatch(/^answers that name an option: \d+ of 10$/m);
    expect(printed[0]).toMatch(
      /^that of the most probable letter: \d+ of these \d+, [01]\.\d{3} \[[01]\.\d{2}, [01]\.\d{2}\]$/m,
    );
    expect(printed[0]).toMatch(
      /^Q\d+ +(DEU|KEN) +(given|reversed) +[A-J] \([01]\.\d\d\) +".*" → ([A-J]|none)$/m,
    );
    expect(errors.join('')).toContain('mine: greedy answers 10 of 10 (100 %)');
  });

  it('gives the same as JSON', async () => {
    expect(await command('first-token', MODEL, ...FEW, '--sample', '4', '--seed', '7', '--json')).toBe(0);
    const check = JSON.parse(printed[0] ?? '') as FirstTokenCheck;
    expect(check).toMatchObject({ model: 'mini-100k', population: 12, n: 4, seed: 7, tokens: 12 });
  });

  it('asks a server without trying a provider of this machine', async () => {
    const folder = projectPath(MODEL);
    const server = await startStandIn({ dialect: 'vllm', folder });
    try {
      const served = [server.address, '--tokenizer', folder, '--provider', 'cuda'];
      expect(await command('first-token', ...served, ...FEW, '--sample', '3', '--json')).toBe(0);
      expect(JSON.parse(printed[0] ?? '')).toMatchObject({ model: 'mini-100k', n: 3 });
    } finally {
      await server.close();
    }
  });

  it('prints nothing that a server said which was started again with other weights meanwhile', async () => {
    const folder = projectPath(MODEL);
    const server = await startStandIn({ dialect: 'vllm', folder, restarted: { from: 12, shift: 0.2 } });
    try {
      const served = [server.address, '--tokenizer', folder];
      expect(await command('first-token', ...served, ...FEW, '--sample', '3', '--json')).toBe(1);
      expect(printed.join('')).toBe('');
      expect(errors.join('')).toContain('it answers otherwise than when it was connected to');
    } finally {
      await server.close();
    }
  });

  it('says so where one of two servers is gone at the end', async () => {
    const folder = projectPath(MODEL);
    const stays = await startStandIn({ dialect: 'vllm', folder });
    let listed = 0;
    const goes = await startStandIn({
      ...{ dialect: 'vllm', folder },
      instead: (request, response) => {
        if (request.url !== '/v1/models' || ++listed === 1) {
          return false;
        }
        response.setHeader('retry-after', '900');
        send(response, 503, { error: 'closed for a while' });
        return true;
      },
    });
    try {
      const served = [`${stays.address},${goes.address}`, '--tokenizer', folder];
      expect(await command('first-token', ...served, ...FEW, '--sample', '3', '--json')).toBe(1);
      expect(printed.join('')).toBe('');
      expect(errors.join('')).toMatch(/Checking first tokens of mini-100k: a server that answered is gone/);
    } finally {
      await Promise.all([stays.close(), goes.close()]);
    }
  });

  it('waits for no server once it is stopped', async () => {
    const folder = projectPath(MODEL);
    const server = await startStandIn({
      ...{ dialect: 'vllm', folder },
      fault: (request) => {
        if (request < 10) {
          return null;
        }
        if (request === 10) {
          process.emit('SIGINT');
        }
        return 'silence';
      },
    });
    try {
      const served = [server.address, '--tokenizer', folder];
      expect(await command('first-token', ...served, ...FEW, '--sample', '3')).toBe(130);
      expect(errors.join('')).toContain('Stopped: nothing is stored by this check.');
      expect(printed.join('')).toBe('');
      expect(server.asked()).toBe(11);
    } finally {
      await server.close();
    }
  });

  it('says what it cannot do: a model without a chat template, a sample of nothing', async () => {
    expect(await command('first-token', withoutChatTemplate(), '--format', 'chat')).toBe(1);
    expect(errors.join('')).toContain('Preparing the chat prompts of no-chat: it has no chat template');
    expect(await command('first-token', MODEL, '--sample', '0')).toBe(2);
    expect(errors.join('')).toContain('Expected a whole number of at least 1.');
  });
});

/** The bundled model as it would be without a chat template (and so without a card that names another configuration). */
function withoutChatTemplate(): string {
  const folder = join(newFolder(), 'no-chat');
  cpSync(projectPath(MODEL), folder, { recursive: true });
  rmSync(join(folder, 'card.json'));
  const path = join(folder, 'tokenizer_config.json');
  const { chat_template: _, ...configuration } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify(configuration));
  return folder;
}

describe('culture-lens probe --reading', () => {
  it('stores the kinds that are named, and is told of in --help', async () => {
    const runs = newFolder();
    const given = ['probe', MODEL, ...FEW, '--runs', runs, '--order', 'given'];
    expect(await command(...given, '--reading', 'letter,answer-text')).toBe(0);
    const folder = `${runs}/probe/mini-100k`;
    expect(readManifest(folder).settings.readingKinds).toEqual(['letter', 'answer-text']);
    const kinds = (await readReadings(folder)).map(({ readingKind }) => readingKind);
    expect(kinds.toSorted()).toEqual([...Array(6).fill('answer-text'), ...Array(6).fill('letter')]);
    expect(await command('probe', '--help')).toBe(0);
    expect(printed.join('')).toContain('--reading <list>');
  });

  it.each([
    ['words', 'settings.readings.0'],
    ['letter,letter', 'settings.readings: "letter" is listed twice'],
  ])('refuses %s', async (kinds, message) => {
    expect(await command('probe', MODEL, ...FEW, '--reading', kinds)).toBe(1);
    expect(errors.join('')).toContain(message);
  });
});
