import { join, posix } from 'node:path';
import { bytesAt, type GrowingFile, openGrowing } from '../files/growing-file.js';
import { InputError } from '../files/input-error.js';
import { type ContentDigest, digestFor, digestOnDisk } from './content-digest.js';
import { pathBelow } from './file-names.js';
import { HubFailure } from './hub-failure.js';
import { askHub, type HubAnswer, type HubCaller } from './hub-request.js';
import type { RepositoryFile } from './repository.js';
import { withRetries } from './retries.js';

/** One file to fetch. */
export interface Download {
  readonly file: RepositoryFile;
  readonly commit: string;
  /** Folder below which it goes, as in the repository. */
  readonly root: string;
  readonly caller: HubCaller;
  /** Told how many bytes of the file are there, and how many of them came just now. */
  readonly onBytes: (there: number, fresh: number) => void;
  readonly onMessage: (line: string) => void;
}

/** What has arrived of a file. */
interface Arrival {
  readonly growing: GrowingFile;
  digest: ContentDigest;
  there: number;
  /** Bytes that came in this call. */
  fresh: number;
}

/** Where a file grows: hidden, and named for its content, so that no other content ever goes on from it. */
function partPath(root: string, file: RepositoryFile): string {
  const content = file.sha256 ?? file.gitSha1 ?? 'unknown';
  const base = `.${posix.basename(file.name)}.${content.slice(0, 16)}.part`;
  return join(pathBelow(root, posix.dirname(file.name)), base);
}

/** Bytes that are still to come, beside what has arrived of them. */
export async function bytesToCome(files: readonly RepositoryFile[], root: string): Promise<number> {
  let bytes = 0;
  for (const file of files) {
    const there = (await bytesAt(pathBelow(root, file.name))) ?? (await bytesAt(partPath(root, file))) ?? 0;
    bytes += Math.max(0, file.bytes - there);
  }
  return bytes;
}

/**
 * Fetches one file: from where an earlier attempt ended, under a temporary name until size and checksum are right.
 *
 * @returns its SHA-256
 * @throws HubFailure when the hub does not give it, FetchInterrupted when stopped (what has arrived then stays), InputError when the
 *   content is not what the hub lists (it is then thrown away) or the disk refuses
 */
export async function downloadFile(download: Download): Promise<string> {
  const { file, root, caller, onMessage } = download;
  const doing = `Fetching ${file.name} of ${caller.asked.id}`;
  const part = partPath(root, file);
  const growing = await openGrowing(part, doing);
  const arrival: Arrival = { growing, digest: digestFor(file), there: 0, fresh: 0 };
  let isDone = false;
  try {
    arrival.there = (await bytesAt(part)) ?? 0;
    let isResumed = arrival.there > 0;
    if (isResumed) {
      onMessage(`${file.name}: going on from byte ${arrival.there.toLocaleString('en')}`);
      await digestOnDisk(part, arrival.digest);
    }
    for (;;) {
      await withRetries(() => receive(download, arrival), {
        arrived: () => arrival.fresh,
        onMessage: (line) => onMessage(`${file.name}: ${line}`),
        signal: caller.signal,
      });
      const { sha256, isRight } = arrival.digest.result();
      if (isRight) {
        isDone = true;
        await growing.commit(pathBelow(root, file.name));
        return sha256;
      }
      if (!isResumed) {
        isDone = true;
        await growing.discard();
        throw wrongContent(doing, file, sha256);
      }
      // What lay here from before may have been damaged, by a power cut for example.
      onMessage(`${file.name}: what had arrived before is damaged, fetching it again from the beginning`);
      isResumed = false;
      await startAgain(arrival, file);
    }
  } finally {
    if (!isDone) {
      await growing.close();
    }
  }
}

async function receive(download: Download, arrival: Arrival): Promise<void> {
  const { file, commit, caller } = download;
  if (arrival.there > file.bytes) {
    await startAgain(arrival, file);
  }
  if (arrival.there === file.bytes) {
    download.onBytes(arrival.there, 0);
    return;
  }
  const { settings, asked } = caller;
  const path = file.name.split('/').map(encodeURIComponent).join('/');
  const request = {
    url: `${settings.endpoint}/${asked.id}/resolve/${commit}/${path}`,
    headers: arrival.there > 0 ? { range: `bytes=${arrival.there}-` } : {},
  };
  await askHub(caller, request, async (answer) => {
    await meetAnswer(answer, download, arrival);
    download.onBytes(arrival.there, 0);
    for await (const piece of answer.pieces) {
      if (arrival.there + piece.length > file.bytes) {
        throw notTheFile(answer, file, 'more bytes than that');
      }
      await arrival.growing.append(piece);
      arrival.digest.add(piece);
      arrival.there += piece.length;
      arrival.fresh += piece.length;
      download.onBytes(arrival.there, piece.length);
    }
    if (arrival.there < file.bytes) {
      throw new HubFailure({
        problem: `${answer.host} broke off after ${arrival.there} of ${file.bytes} bytes`,
        wayOut: 'Repeat the command: it goes on from there.',
        isPassing: true,
      });
    }
  });
}

/** Makes sure that what follows is the rest of the file, or starts it again where it is the whole one. */
async function meetAnswer(answer: HubAnswer, download: Download, arrival: Arrival): Promise<void> {
  const { file, onMessage } = download;
  const { status, headers } = answer;
  if (/^text\/html/.test(headers.get('content-type') ?? '') && !/\.html?$/.test(file.name)) {
    throw notTheFile(answer, file, 'a web page');
  }
  if (status === 206) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
    if (total !== undefined && total !== '*' && Number(total) !== file.bytes) {
      throw notTheFile(answer, file, `a file of ${total} bytes`);
    }
    if (Number(from) !== arrival.there) {
      throw notTheFile(
        answer,
        file,
        `bytes from ${from ?? 'an unknown place'} on instead of from ${arrival.there}`,
      );
    }
    return;
  }
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  if (length !== null && Number(length) !== file.bytes) {
    throw notTheFile(answer, file, `${length} bytes`);
  }
  if (arrival.there > 0) {
    onMessage(`${file.name}: ${answer.host} cannot go on from the middle, fetching it from the beginning`);
    await startAgain(arrival, file);
  }
}

async function startAgain(arrival: Arrival, file: RepositoryFile): Promise<void> {
  await arrival.growing.restart();
  arrival.digest = digestFor(file);
  arrival.there = 0;
}

function notTheFile({ host }: HubAnswer, file: RepositoryFile, found: string): HubFailure {
  return new HubFailure({
    problem: `for ${file.name} ${host} sends ${found}, the hub lists ${file.bytes} bytes`,
    wayOut:
      "A login page or a proxy may stand in between: look at HF_ENDPOINT, open the model's page in a browser, or try another network.",
    isPassing: false,
  });
}

function wrongContent(doing: string, file: RepositoryFile, sha256: string): InputError {
  const expected = file.sha256 === null ? `the git SHA-1 ${file.gitSha1}` : `the SHA-256 ${file.sha256}`;
  return new InputError(
    `${doing}: what arrived has the SHA-256 ${sha256}, expected ${expected}, as the hub lists it. It has been thrown away. Repeat the ` +
      'command; if that does not help, something on the way changes downloads, or the repository is damaged.',
  );
}
