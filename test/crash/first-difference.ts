/** Path and values of the first place where two plain values differ; an empty text when they do not. */
export function firstDifference(found: unknown, wanted: unknown, path = 'result'): string {
  if (Object.is(found, wanted)) {
    return '';
  }
  if (!isRecord(found) || !isRecord(wanted) || Array.isArray(found) !== Array.isArray(wanted)) {
    return `${path} is ${show(found)} instead of ${show(wanted)}`;
  }
  for (const key of new Set([...Object.keys(found), ...Object.keys(wanted)])) {
    const difference = firstDifference(found[key], wanted[key], `${path}.${key}`);
    if (difference !== '') {
      return difference;
    }
  }
  return '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  const text = Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
