import { checkedFiles } from './checked-files.js';
import { pathBelow } from './file-names.js';
import type { Snapshot } from './find-snapshot.js';
import { isPlainFile, rightFile } from './local-file.js';
import type { RepositoryFile } from './repository.js';
import { isLaid } from './side-files.js';
import { firstFiles, type WantedFiles } from './wanted-files.js';
import { weightsOf } from './weights-of.js';

/** What is looked for, and where. */
export interface FilesLookedFor {
  readonly snapshot: Snapshot;
  readonly wanted: WantedFiles;
  readonly fileOf: (name: string) => RepositoryFile;
  /** Told when a large file is read for its checksum. */
  readonly onMessage: (line: string) => void;
  /** Takes the files that are there and right, with their SHA-256, also where others are missing. */
  readonly checked: Map<string, string>;
}

/**
 * Whether all files of a model are in their place with the content that the hub lists; nothing is changed.
 *
 * @throws InputError when a file cannot be read, or the graph names weights that the repository lacks
 */
export async function nothingIsMissing(looked: FilesLookedFor): Promise<boolean> {
  const { wanted, snapshot, onMessage, checked, fileOf } = looked;
  const { root } = snapshot.place;
  const earlier = checkedFiles(root);
  const areThere = async (names: readonly string[]): Promise<boolean> => {
    for (const name of names) {
      const path = pathBelow(root, name);
      const sha256 = isPlainFile(path)
        ? (earlier.sha256Of(name) ?? (await rightFile(path, fileOf(name), onMessage)))
        : null;
      if (sha256 === null) {
        return false;
      }
      checked.set(name, sha256);
    }
    return true;
  };
  if (!(await areThere(firstFiles(wanted))) || !(await areThere(weightsOf(snapshot, wanted)))) {
    return false;
  }
  const laid = await Promise.all(wanted.sideFiles.map((side) => isLaid(side, root)));
  return !laid.includes(false);
}
