/** The command as a user would type it again. */
export function commandOf(argv: readonly string[]): string {
  const words = argv.slice(2).map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return ['npx culture-lens', ...words].join(' ');
}

// Words that no shell takes apart.
const PLAIN = /^[\w./:@%+=,-]+$/;
