import { InputError, messageOf } from './input-error.js';

/** An error of the disk under a run, in the words of someone who has to do something about it. */
export function storageError(doing: string, path: string, error: unknown): InputError {
  if (error instanceof InputError) {
    return error;
  }
  const text = messageOf(error);
  if (/ENOSPC|EDQUOT|No space left|quota exceeded/i.test(text)) {
    return new InputError(
      `${doing}: ${path} cannot be written, the disk is full (${text}). Expected room for it. ` +
        'Free some space and repeat the command: what is stored stays valid, and the run goes on from there.',
    );
  }
  if (/EROFS|EACCES|EPERM|Read-only file system|Permission denied/i.test(text)) {
    return new InputError(
      `${doing}: ${path} cannot be written (${text}). Expected a folder that this user may write to. ` +
        'Choose another folder, or make this one writable, and repeat the command.',
    );
  }
  return new InputError(
    `${doing}: ${path} cannot be written (${text}). Expected a folder on a working disk. ` +
      'Mend that, or choose another folder, and repeat the command.',
  );
}
