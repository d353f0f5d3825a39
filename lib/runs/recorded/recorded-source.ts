import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { projectPath } from '../../files/data-folder.js';
import { sha256OfFile, sha256OfText } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { replayModel } from '../../inference/replay.js';
import { loadChatTemplate } from '../../prompts/chat-template.js';
import { loadTokenizer } from '../../tokenization/tokenizer.js';
import { combineHashes, type FileHasher, SCORING_CONTRACT } from '../identity.js';
import type { ModelSource, OpenedModel } from '../models/model-source.js';
import { modelTokenizer } from '../models/model-tokenizer.js';
import {
  MANIFEST_FILE,
  RECORDED_READINGS_FILE,
  type RecordingManifest,
  readRecording,
  readRecordingManifest,
} from '../store/index.js';
import type { RecordedModel } from '../study-models.js';
import { withoutTokenizer } from './without-tokenizer.js';

/** A recording as a model of a study; it runs nowhere, so it is opened without settings. */
export interface RecordedSource extends ModelSource {
  open(): Promise<OpenedModel>;
}

// What token ids and chat prompts depend on.
const TOKENIZER_FILES = ['chat_template.jinja', 'tokenizer.json', 'tokenizer_config.json'];

/**
 * Recorded readings in place of the model that they were recorded from.
 *
 * Prompts are encoded with the model's own tokenizer, where the recording names one; without it token ids are unknown (a
 * reading then counts 0 tokens), and there are no chat prompts.
 *
 * @throws InputError when the recording, or the tokenizer that it names, is missing or damaged, or was made under
 *   another scoring contract
 */
export function recordedSource(reference: RecordedModel, hasher: FileHasher): RecordedSource {
  const folder = isAbsolute(reference.readings) ? reference.readings : projectPath(reference.readings);
  const manifest = readRecordingManifest(folder);
  checkScoringContract(manifest, folder);
  const tokenizerFolder = findTokenizerFolder(manifest, folder);
  const chatTemplate = tokenizerFolder === null ? null : loadChatTemplate(tokenizerFolder);
  let identity: Promise<string> | undefined;
  const fileIdentity = (): Promise<string> => {
    identity ??= hashFiles(folder, tokenizerFolder, hasher);
    return identity;
  };
  return {
    name: reference.name,
    runsOn: 'nowhere',
    chatTemplate,
    fileIdentity,
    open: async () => {
      const { readings } = await readRecording(folder);
      return {
        model: replayModel(reference.name, readings, await fileIdentity()),
        origin: null,
        chatTemplate,
        ...(tokenizerFolder === null
          ? withoutTokenizer(readings)
          : modelTokenizer(loadTokenizer(tokenizerFolder))),
      };
    },
  };
}

/**
 * Opens recorded readings for asking by hand, as notebooks do, in place of the model itself.
 *
 * @param folder of the recording, absolute or relative to the project, for example "data/readings/smollm2-135m-instruct"
 * @param options.name name in results; that of the recorded model by default
 * @throws InputError as {@link recordedSource} does
 */
export async function openRecordedReadings(
  folder: string,
  options: { readonly name?: string } = {},
): Promise<OpenedModel> {
  const path = isAbsolute(folder) ? folder : projectPath(folder);
  const name = options.name ?? readRecordingManifest(path).model.name;
  return recordedSource({ name, readings: path }, sha256OfFile).open();
}

function checkScoringContract({ scoringContract }: RecordingManifest, folder: string): void {
  if (scoringContract !== SCORING_CONTRACT) {
    throw new InputError(
      `Opening recorded readings: ${join(folder, MANIFEST_FILE)} says scoring contract ${scoringContract}. Expected ` +
        `${SCORING_CONTRACT}: this version reads a model's options in another way. Use the version that recorded, or record again.`,
    );
  }
}

function findTokenizerFolder({ tokenizer }: RecordingManifest, folder: string): string | null {
  if (tokenizer === null) {
    return null;
  }
  const path = projectPath(tokenizer);
  if (!existsSync(join(path, 'tokenizer.json'))) {
    throw new InputError(
      `Opening recorded readings: ${join(folder, MANIFEST_FILE)} names the tokenizer ${tokenizer}, and ${path} has no ` +
        'tokenizer.json. Expected it there, with tokenizer_config.json. Copy both back, or, to do without (no chat ' +
        'prompts, token ids unknown), write "tokenizer": null.',
    );
  }
  return path;
}

async function hashFiles(
  folder: string,
  tokenizerFolder: string | null,
  hasher: FileHasher,
): Promise<string> {
  const recording = await combineHashes(folder, [MANIFEST_FILE, RECORDED_READINGS_FILE], hasher);
  if (tokenizerFolder === null) {
    return recording;
  }
  const names = TOKENIZER_FILES.filter((name) => existsSync(join(tokenizerFolder, name)));
  return sha256OfText(`${recording}\n${await combineHashes(tokenizerFolder, names, hasher)}`);
}
