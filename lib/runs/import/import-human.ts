import { existsSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { dataPath } from '../../files/data-folder.js';
import { sha256OfFile, sha256OfText } from '../../files/hash.js';
import { InputError } from '../../files/input-error.js';
import { writeFolder } from '../../files/write-folder.js';
import {
  HUMAN_SIDE_CONTRACT,
  HUMAN_SIDE_FILE,
  type HumanSideRecord,
  parseHumanSide,
} from '../../survey/human-side.js';
import type { ImportedSide, ImportRequest } from './importer.js';
import { IMPORTERS } from './importers.js';

/** Where an import goes. */
export interface ImportTarget {
  /** Folder of the human side; `data/human/<name of the file>` by default. */
  readonly out?: string;
  /** Whether a folder that is there is replaced. */
  readonly replace?: boolean;
}

/** What an import gave. */
export interface ImportOutcome extends Pick<ImportedSide, 'differences' | 'remarks'> {
  readonly folder: string;
  readonly record: HumanSideRecord;
}

/**
 * Makes a human side of a survey's file. The answers of single people are counted in memory and nowhere written; the folder
 * is written whole at the end, or not at all.
 *
 * @throws InputError naming file, row and column of what cannot be used, and for a folder that is there already
 */
export async function importHuman(request: ImportRequest & ImportTarget): Promise<ImportOutcome> {
  const { file, kind } = request;
  const folder = request.out ?? dataPath('human', basename(file, extname(file)));
  requireFile(file);
  requireFree(folder, request.replace ?? false);
  const source = { file: basename(file), bytes: statSync(file).size, sha256: await sha256OfFile(file) };
  const { record: parts, files, differences, remarks } = await IMPORTERS[kind].read(request);
  if (statSync(file).size !== source.bytes) {
    throw new InputError(
      `Importing ${file}: it changed while it was read. Expected a file at rest. Import it again.`,
    );
  }
  const hashes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256OfText(text)]));
  const { title, ...rest } = parts;
  const record: HumanSideRecord = {
    contract: HUMAN_SIDE_CONTRACT,
    kind,
    title,
    source,
    ...rest,
    files: hashes,
  };
  const text = `${JSON.stringify(record, null, 2)}\n`;
  parseHumanSide(text, HUMAN_SIDE_FILE);
  await writeFolder(folder, { ...files, [HUMAN_SIDE_FILE]: text });
  return { folder, record, differences, remarks };
}

function requireFile(file: string): void {
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new InputError(
      `Importing a survey: ${file} is ${existsSync(file) ? 'no file' : 'not there'}. Expected the survey's data file. Correct the path.`,
    );
  }
  if (statSync(file).size === 0) {
    throw new InputError(
      `Importing a survey: ${file} is empty (0 bytes). Expected the survey's data file. Download it again.`,
    );
  }
}

/** Replacing is only for what an import wrote: a folder of anything else is never taken away. */
function requireFree(folder: string, replace: boolean): void {
  if (!existsSync(folder)) {
    return;
  }
  const isOurs = existsSync(`${folder}/${HUMAN_SIDE_FILE}`);
  if (!replace || !isOurs) {
    throw new InputError(
      `Importing a survey: ${folder} exists${isOurs ? '' : ` and holds no ${HUMAN_SIDE_FILE}`}. Expected a new folder. ` +
        `${isOurs ? 'Replace it with --replace, or name' : 'Name'} another with --out.`,
    );
  }
}
