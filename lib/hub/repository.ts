import { z } from 'zod';
import { isSafeName } from './file-names.js';
import { HubFailure } from './hub-failure.js';
import { isCommit } from './hub-id.js';
import { askHub, type HubCaller } from './hub-request.js';
import { withRetries } from './retries.js';

/** A file of a repository at one commit, and what its content must be. */
export interface RepositoryFile {
  /** Path in the repository, "/" between folders. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the content, where the hub keeps the file in large-file storage; else null. */
  readonly sha256: string | null;
  /** SHA-1 that git gives the content, where it lies in git itself; else null. */
  readonly gitSha1: string | null;
}

const LARGEST_LISTING = 100_000;

const oid = z.string().regex(/^[0-9a-f]{40}$/);
const entrySchema = z.looseObject({
  type: z.string(),
  path: z.string().min(1),
  size: z.int().min(0),
  oid: oid.optional(),
  lfs: z.looseObject({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0) }).optional(),
});

/** The commit that a branch or tag names now. @throws HubFailure */
export async function findCommit(caller: HubCaller, onMessage: (line: string) => void): Promise<string> {
  const { modelInfo } = await import('@huggingface/hub');
  const { settings, asked, signal } = caller;
  return withRetries(
    async () => {
      const info = await modelInfo({
        name: asked.id,
        revision: asked.revision,
        hubUrl: settings.endpoint,
        additionalFields: ['sha'],
        fetch: hubFetch(caller),
      }).catch(asNoHub);
      const { sha } = info;
      if (typeof sha !== 'string' || !isCommit(sha)) {
        throw noHub(`it names no commit for "${asked.revision}"`);
      }
      return sha;
    },
    { onMessage, signal },
  );
}

/** All files of a commit. @throws HubFailure, also when a name could lead out of the folder that the files go to */
export async function listRepository(
  caller: HubCaller,
  commit: string,
  onMessage: (line: string) => void,
): Promise<RepositoryFile[]> {
  const { listFiles } = await import('@huggingface/hub');
  const { settings, asked, signal } = caller;
  return withRetries(
    async () => {
      const files: RepositoryFile[] = [];
      try {
        for await (const entry of listFiles({
          repo: { type: 'model', name: asked.id },
          revision: commit,
          recursive: true,
          hubUrl: settings.endpoint,
          fetch: hubFetch(caller),
        })) {
          if (entry.type === 'file') {
            files.push(repositoryFile(entry));
          }
          if (files.length > LARGEST_LISTING) {
            throw noHub(`its list of files does not end after ${LARGEST_LISTING}`);
          }
        }
      } catch (error) {
        return asNoHub(error);
      }
      return files;
    },
    { onMessage, signal },
  );
}

function repositoryFile(entry: unknown): RepositoryFile {
  const { path: name, size, oid: git, lfs } = entrySchema.parse(entry);
  if (!isSafeName(name)) {
    throw noHub(`it lists a file named ${JSON.stringify(name)}, which leads out of the folder for the model`);
  }
  return lfs === undefined
    ? { name, bytes: size, sha256: null, gitSha1: git ?? null }
    : { name, bytes: lfs.size, sha256: lfs.oid, gitSha1: null };
}

/** The requests of the hub's library, made by our own rules for tokens, redirects and silence. It is never given the token. */
function hubFetch(caller: HubCaller): typeof fetch {
  return async (input) =>
    askHub(caller, { url: String(input), headers: { accept: 'application/json' } }, async (answer) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of answer.pieces) {
        pieces.push(piece);
      }
      return new Response(Buffer.concat(pieces), {
        status: answer.status,
        headers: new Headers(answer.headers),
      });
    });
}

/** Whatever answers, it does not speak as a hub does. */
function asNoHub(error: unknown): never {
  if (error instanceof SyntaxError || error instanceof z.ZodError || error instanceof TypeError) {
    throw noHub(`what it sends is not the JSON of a hub (${error.message.slice(0, 200)})`);
  }
  throw error;
}

function noHub(found: string): HubFailure {
  return new HubFailure({
    problem: `the hub's answer cannot be used: ${found}`,
    wayOut:
      'Expected the hub. A login page or a proxy may stand in between: look at HF_ENDPOINT, or try another network.',
    isPassing: false,
  });
}
