// From here on one decimal of an MB would round to 1,000.
const GIGABYTE_FROM = 999.95e6;

/** A number of bytes as people say it, in MB of 10^6 bytes or GB of 10^9: "538.1 MB", "1.6 GB". */
export function sizeInWords(bytes: number): string {
  const [value, unit] = bytes < GIGABYTE_FROM ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} ${unit}`;
}
