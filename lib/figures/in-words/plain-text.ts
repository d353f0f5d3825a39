/** A label of a figure without its markup; a line break stays one. */
export function plainText(label: string): string {
  return label
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The same in one line. */
export function lineOfText(label: string): string {
  return plainText(label).replaceAll('\n', ' ');
}
