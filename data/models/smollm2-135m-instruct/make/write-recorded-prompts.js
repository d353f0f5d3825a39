// Draws scored readings of a recording and writes their prompts, as the library renders them, for check_readings.py:
//   npm run build && node data/models/smollm2-135m-instruct/make/write-recorded-prompts.js RECORDING ROWS SEED MODEL OUTPUT
// MODEL is the folder that the reference loads; the output is the input of test/oracle/reference.py, with the key and the
// numbers of each reading beside its prompt.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  asChatPrompt,
  createRandom,
  findItem,
  findTemplate,
  loadChatTemplate,
  loadCountries,
  loadItems,
  loadTemplates,
  randomPermutation,
  renderPrompt,
} from 'culture-lens';
import { readRecording } from '../../../../lib/dist/runs/store/index.js';

const [folder, rows, seed, model, output] = process.argv.slice(2);
const tokenizer = join(dirname(fileURLToPath(import.meta.url)), '..', 'tokenizer');

const { manifest, readings } = await readRecording(folder);
const chatTemplate = loadChatTemplate(tokenizer);
const chats = manifest.runs.map((run) => run.settings.chat);
const items = loadItems();
const countries = new Map(loadCountries().map((country) => [country.iso3, country]));
const templates = loadTemplates();

/** The prompt as it was asked: in the chat format, with the settings of the run that it came from. */
function promptOf(reading) {
  const plain = renderPrompt({
    item: findItem(items, reading.variable),
    template: findTemplate(templates, reading.template),
    country: reading.country === null ? null : countries.get(reading.country),
    order: reading.order,
  });
  const asked = (reading.format === 'plain' ? [null] : chats).map((chat) => ({
    chat,
    prompt: chat === null ? plain : asChatPrompt(plain, chatTemplate, chat),
  }));
  const found = asked.find(({ prompt }) => sha256(prompt.text).startsWith(reading.promptHash));
  if (found === undefined) {
    stop(`the wording of ${keyOf(reading)} is no longer the one that was recorded`);
  }
  const { chat, prompt } = found;
  const system = chat?.system == null ? [] : [{ role: 'system', content: chat.system }];
  return {
    text: prompt.text,
    messages: chat === null ? null : [...system, { role: 'user', content: plain.text }],
    letters: prompt.options.map((option) => option.letter),
    codes: prompt.options.map((option) => option.code),
    // What is summed over tokens in an answer-text reading; the reference puts the separator before it.
    continuations: reading.readingKind === 'answer-text' ? prompt.options.map((option) => option.label) : [],
  };
}

function keyOf({ variable, country, template, order, format, readingKind }) {
  return `${variable} ${country ?? '-'} ${template} ${order} ${format} ${readingKind}`;
}

function stop(problem) {
  console.error(problem);
  process.exit(1);
}

function sha256(text) {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

const scored = readings.filter((reading) => reading.status === 'scored');
const drawn = [...randomPermutation(scored.length, createRandom(Number(seed)))].slice(0, Number(rows));
const prompts = drawn.map((place) => {
  const reading = scored[place];
  const { codes, ...prompt } = promptOf(reading);
  if (codes.join() !== reading.optionCodes.join()) {
    stop(`the options of ${keyOf(reading)} are no longer those that were recorded`);
  }
  const { template, format, readingKind, tokenCount, optionLogProbs, optionMass } = reading;
  const numbers = { tokenCount, optionLogProbs, optionMass };
  return { ...prompt, recorded: { key: keyOf(reading), template, format, readingKind, ...numbers } };
});
writeFileSync(output, JSON.stringify({ model, generateTokens: 0, name: manifest.model.name, prompts }));
