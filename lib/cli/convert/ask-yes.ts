import { createInterface } from 'node:readline/promises';

/**
 * A question to whoever sits at the terminal. Anything but y or yes is no, and so is Ctrl-C; without a terminal nobody is
 * asked, and it is no.
 */
export async function askYes(question: string, signal: AbortSignal): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While a line is read, the terminal hands Ctrl-C to whoever reads it.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (signal.aborted) {
      return false;
    }
    throw error;
  } finally {
    terminal.close();
  }
}
