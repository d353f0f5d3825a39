import type { SummaryRow } from './summary-record.js';

// What a model made of recorded readings has in place of an element type.
const RECORDED = 'recorded';
const USUAL = { template: 'people-answer', format: 'plain', reading: 'letter' } as const;

/** Whether a row comes from readings that were recorded earlier, not from a model run here. */
export function isRecorded({ dtype }: Pick<SummaryRow, 'dtype'>): boolean {
  return dtype === RECORDED;
}

/** What a model is called where all its ways of being asked are meant: recorded readings are named as such. */
export function nameOfModel({ name, dtype }: Pick<SummaryRow, 'name' | 'dtype'>): string {
  return isRecorded({ dtype }) ? `${name} (${RECORDED})` : name;
}

/** What a row of a summary is called where people read it: the model, and what was not as usual when it was asked. */
export function nameOfRow({
  kind,
  name,
  template,
  format,
  reading,
  dtype,
}: Pick<SummaryRow, 'kind' | 'name' | 'template' | 'format' | 'reading' | 'dtype'>): string {
  if (kind === 'reference') {
    return name;
  }
  const ways = [
    template === USUAL.template ? null : template,
    format === USUAL.format ? null : format,
    reading === USUAL.reading ? null : reading,
    isRecorded({ dtype }) ? RECORDED : null,
  ];
  const how = ways.filter((way) => way !== null).join(', ');
  return how === '' ? name : `${name} (${how})`;
}
