import { readFileSync } from 'node:fs';
import type { ZodType } from 'zod';
import { InputError, messageOf } from './input-error.js';

/** Reads a text file. @throws InputError that says what the file was needed for. */
export function readTextFile(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(
      `Reading ${what}: ${path} cannot be read (${messageOf(error)}). Expected a text file there.`,
    );
  }
}

/**
 * Reads a JSON file and checks its shape.
 *
 * @param what names the content for error messages, for example "the study file"
 * @throws InputError that names the file, the field, what was found and what was expected
 */
export function readJsonFile<T>(path: string, schema: ZodType<T>, what: string): T {
  return parseJson(readTextFile(path, what), schema, { what, path });
}

/** The pure part of {@link readJsonFile}: text in, checked value out. */
export function parseJson<T>(text: string, schema: ZodType<T>, source: { what: string; path: string }): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `Reading ${source.what}: ${source.path} is not valid JSON (${messageOf(error)}). Mend the file, or copy it again from where it came from.`,
    );
  }
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.slice(0, 5).map((issue) => `  ${describeIssue(issue, value)}`);
  const more = result.error.issues.length - problems.length;
  throw new InputError(
    [
      `Reading ${source.what}: ${source.path} does not have the expected shape.`,
      ...problems,
      ...(more > 0 ? [`  (and ${more} more)`] : []),
    ].join('\n'),
  );
}

/** Fields into which people put a secret by mistake: it must not come out in a terminal or a log. */
const MAY_HOLD_A_KEY: ReadonlySet<PropertyKey> = new Set(['endpoint', 'keyVariable']);

function describeIssue(
  issue: { path: readonly PropertyKey[]; message: string; code?: string },
  root: unknown,
): string {
  const place = issue.path.length === 0 ? 'the whole file' : issue.path.map(String).join('.');
  const found = valueAt(root, issue.path);
  // An unknown key has no single value to show; its message already names the key.
  const isShown = issue.code !== 'unrecognized_keys' && !issue.path.some((part) => MAY_HOLD_A_KEY.has(part));
  const shown = isShown ? ` (found ${preview(found)})` : '';
  return `${place}: ${issue.message}${shown}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  }
  return value;
}

function preview(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
