import type {
  CatalogueAnalysis,
  CatalogueModel,
  ModelCatalogue,
} from '../../runs/models/catalogue/catalogue.js';
import { textTable } from './text-table.js';
import { wrapped } from './wrapped.js';

const NOTE =
  'Size: all parameters. Read: how many of the ten groups of facts about a model were read in a source; ' +
  'the others come from memory and have to be looked up. –: not known (under ONNX: none is listed; ' +
  'npx culture-lens convert makes one). Sources, configurations and notes: data/models/catalogue.json ' +
  '(--json). These are facts about models, not findings.';

/** All models of a catalogue. */
export function catalogueTable({ models }: ModelCatalogue): string {
  return [modelTable(models), '', wrapped(NOTE)].join('\n');
}

/** Each analysis with its models, the first being what the others are set against, and with what else they differ in. */
export function analysisTables({ models }: ModelCatalogue, analyses: readonly CatalogueAnalysis[]): string {
  const tables = analyses.flatMap(({ id, models: members, alsoDiffers }) => [
    id,
    '',
    modelTable(members.flatMap((member) => models.find((model) => model.id === member) ?? [])),
    '',
    wrapped(`What else differs: ${alsoDiffers.join('; ')}.`),
    '',
  ]);
  return [...tables, wrapped(NOTE)].join('\n');
}

function modelTable(models: readonly CatalogueModel[]): string {
  const right = new Set(['size', 'tokens']);
  const titles = ['model', 'size', 'tokens', 'languages', 'kind', 'synthetic', 'licence', 'ONNX', 'read'];
  return textTable(
    titles.map((title) => ({ title, align: right.has(title) ? 'right' : 'left' })),
    models.map((model) => [
      model.id,
      shortCount(model.parameters),
      shortCount(model.trainingTokens),
      languagesText(model.trainingLanguages),
      model.alignment.kind,
      model.syntheticData?.kind.replace('-', ' ') ?? UNKNOWN,
      licenceText(model.licence),
      model.onnx === null ? UNKNOWN : 'yes',
      verifiedText(model.verified),
    ]),
  );
}

const UNKNOWN = '–';
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

function shortCount(count: number | null): string {
  return count === null ? UNKNOWN : COMPACT.format(count);
}

function languagesText(languages: CatalogueModel['trainingLanguages']): string {
  if (languages === null) {
    return UNKNOWN;
  }
  const { kind, count } = languages;
  return kind === 'english-heavy' ? 'English' : count === null ? 'many' : `${count} languages`;
}

function licenceText(licence: CatalogueModel['licence']): string {
  return licence === null ? UNKNOWN : `${licence.name}${licence.gated ? ', gated' : ''}`;
}

function verifiedText(verified: CatalogueModel['verified']): string {
  const facts = Object.values(verified);
  return `${facts.filter(Boolean).length} of ${facts.length}`;
}
