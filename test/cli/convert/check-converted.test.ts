import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConverted } from '../../../lib/cli/convert/check-converted.js';
import { convertedText } from '../../../lib/cli/convert/converted-text.js';
import { projectPath } from '../../../lib/files/data-folder.js';
import { sha256OfFile } from '../../../lib/files/hash.js';

interface Expected {
  readonly listedTokenIds: readonly number[];
  readonly sequences: { readonly text: string; readonly tokenIds: number[]; readonly logProbs: number[] }[];
}

/** The tiny Llama of the fixtures as a conversion would leave it; its expected values are those of transformers. */
async function convertedFolder(
  change: (expected: Expected) => void = () => {},
  dtype = 'fp32',
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'converted-'));
  cpSync(projectPath('test', 'fixtures', 'onnx', 'plain'), folder, { recursive: true });
  const { listedTokenIds, sequences } = JSON.parse(
    readFileSync(join(folder, 'expected.json'), 'utf8'),
  ) as Expected;
  change({ listedTokenIds, sequences });
  const plain = sequences.map(({ text, tokenIds, logProbs }) => ({
    form: 'plain',
    text,
    tokenIds,
    logProbs,
  }));
  writeFileSync(join(folder, 'expected.json'), JSON.stringify({ listedTokenIds, sequences: plain }));
  const graph = join(folder, 'model.onnx');
  const files = { 'model.onnx': { bytes: readFileSync(graph).length, sha256: await sha256OfFile(graph) } };
  const card = { dtype, files, comparedWithTransformersFloat32: { boundOfFloat32: 1e-4 } };
  writeFileSync(join(folder, 'card.json'), JSON.stringify(card));
  return folder;
}

describe('checkConverted', () => {
  it('reads again what transformers was asked, and says how to go on', async () => {
    const folder = await convertedFolder();
    const found = await checkConverted(folder);
    expect(found.compared).toMatchObject({ prompts: 7, bound: 1e-4 });
    expect(found.compared?.largestDifference).toBeLessThan(1e-4);
    expect(convertedText('out', found)).toMatch(
      /^way: packed-rows \(prompts that begin alike share a row\)\nvocabulary: 300 logits.*\nread here: 7 of 7 .*\n\nGo on: npx culture-lens probe out$/,
    );
  });

  it('refuses numbers that are others in float32, and only states them in fewer bits', async () => {
    const off = (expected: Expected): void => {
      expected.sequences[0]?.logProbs.splice(0, 1, -50);
    };
    await expect(checkConverted(await convertedFolder(off))).rejects.toThrow(
      /differs by .*e\+1 nats from transformers\. Expected at most 1e-4/,
    );
    const { compared } = await checkConverted(await convertedFolder(off, 'int4'));
    expect(compared?.bound).toBeNull();
    expect(compared?.largestDifference).toBeGreaterThan(10);
  });

  it('reads prompts whole that are longer than an attention window', async () => {
    const folder = await convertedFolder();
    const path = join(folder, 'config.json');
    const config = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...config, sliding_window: 20 }));
    const { compared, selfTest } = await checkConverted(folder);
    expect(selfTest?.way).toBe('packed-rows');
    expect(compared).toMatchObject({ prompts: 7 });
    expect(compared?.largestDifference).toBeLessThan(1e-4);
  });

  it('refuses a tokenizer that gives other tokens', async () => {
    const folder = await convertedFolder((expected) => expected.sequences[1]?.tokenIds.splice(2, 1, 7));
    await expect(checkConverted(folder)).rejects.toThrow(
      /"Answer: A" \(plain\) becomes \d+ tokens here and \d+ in transformers, other ones from place 2/,
    );
  });

  it('says so where nothing was compared', async () => {
    const folder = await convertedFolder();
    rmSync(join(folder, 'expected.json'));
    const found = await checkConverted(folder);
    expect(found.compared).toBeNull();
    expect(convertedText('out', found)).toContain('not compared with transformers (--no-verify)');
  });
});
