import { join } from 'node:path';

/** Whether a name from the hub stays inside the folder that it is written to, on every system. */
export function isSafeName(name: string): boolean {
  return (
    !/[\\\p{Cc}]|^[A-Za-z]:/u.test(name) && name.split('/').every((part) => !['', '.', '..'].includes(part))
  );
}

/** Path of a file of a repository below a folder. */
export function pathBelow(folder: string, name: string): string {
  return join(folder, ...name.split('/'));
}
