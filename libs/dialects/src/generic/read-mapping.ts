/** Reads a mapping that a person wrote, and finds everything that is wrong with it at once. */
import {
  isTimeZone,
  note,
  quoted,
  shapes,
  under,
  type DocumentProblem,
  type DocumentShape,
  type Place,
} from '#domain';
import type { GuideRoute } from '../dialect.js';
import type {
  ReadyMapping,
  ReadyReplies,
  ReadyReply,
  ReadyTemplate,
  ReadyTrial,
  ReadyWords,
} from './ready-mapping.js';
import { reply } from './reply-shape.js';
import { shapeShape } from './shape-shape.js';
import { handshakes, signature } from './signature/signature-shapes.js';
import { wordTable, type Tables } from './source-shapes.js';
import { template } from './template-shape.js';
import { trialGuide } from './trial-guide.js';

export type MappingReading = { ok: true; mapping: ReadyMapping } | { ok: false; problems: DocumentProblem[] };

const { flag, isObject, listOf, members, named, oneOf, or, text } = shapes;

const MOST_CHARACTERS = 64_000;
const MOST_SHAPES = 40;
const MOST_ROUTES = 20;
const TRIAL_WORDS = [
  'id',
  'startedSeconds',
  'startedMs',
  'startedIso',
  'endedSeconds',
  'endedMs',
  'endedIso',
  'talkSeconds',
];
const TABLE_NAME = {
  max: 20,
  name: /^[A-Za-z][A-Za-z0-9_-]{0,39}$/,
  says: 'a letter, then letters and digits',
};

interface Written extends Omit<ReadyMapping, 'guide'> {
  guide: readonly string[];
  words: unknown;
  trial: ReadyTrial | null;
}

/** Problems have the path of what is wrong, or of what lacks something. Never throws. */
export function readMapping(document: unknown): MappingReading {
  const root: Place = { path: '', problems: [] };
  if (lengthOf(document) > MOST_CHARACTERS) {
    note(root, `A mapping has at most ${MOST_CHARACTERS} characters.`);
    return { ok: false, problems: root.problems };
  }
  const { guide, trial, words: _, ...read } = mappingShape(tablesOf(document, root))(document, root);
  checkRoutes(read, trial, root);
  if (root.problems.length > 0) return { ok: false, problems: root.problems };
  return { ok: true, mapping: { ...read, guide: trialGuide({ ...read, steps: guide, trial }) } };
}

function lengthOf(document: unknown): number {
  try {
    return (JSON.stringify(document) ?? '').length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Tables are needed before what names them. */
function tablesOf(document: unknown, root: Place): Tables {
  const given = isObject(document) ? document['words'] : undefined;
  if (given === undefined || given === null) return new Map();
  const table: DocumentShape<ReadyWords> = wordTable(null);
  return new Map(Object.entries(named(table, TABLE_NAME)(given, under(root, 'words'))));
}

function mappingShape(tables: Tables): DocumentShape<Written> {
  return members<Written>({
    title: text({ max: 100 }),
    about: or(text({ max: 2000 }), null),
    guide: listOf(text({ max: 1000 }), { max: 30 }),
    routes: listOf(route, { min: 1, max: MOST_ROUTES }),
    defaults: or(defaults, { timeZone: null, country: null, epochs: null }),
    accounts: or(flag, false),
    everyLeg: or(flag, false),
    signature: or(signature, null),
    handshakes,
    replies: or(replies, { accepted: null, unreadable: null, refused: null, unavailable: null }),
    words: () => null,
    shapes: listOf(shapeShape(tables), { min: 1, max: MOST_SHAPES }),
    trial: or(trialShape, null),
  });
}

const routeMembers = members<{ name: string; what: string; method: GuideRoute['method'] }>({
  name: text({ max: 40, like: /^[a-z0-9][a-z0-9-]*$/, says: 'lower-case letters, digits and dashes' }),
  what: text({ max: 300 }),
  method: or(oneOf('POST', 'GET'), 'POST'),
});

const route: DocumentShape<GuideRoute> = (value, at) => {
  const { name, what, method } = routeMembers(value, at);
  return { route: name, what, method };
};

const zone = text({
  max: 64,
  fits: isTimeZone,
  says: 'a time zone of the IANA database, such as Asia/Jerusalem',
});
const defaults = members<ReadyMapping['defaults']>({
  timeZone: or(zone, null),
  country: or(text({ max: 2, like: /^[A-Z]{2}$/, says: 'a country of ISO 3166-1, such as IL' }), null),
  epochs: or(oneOf('utc', 'local'), null),
});

const maybe = (min: number, max: number) =>
  or<ReadyReply, null>(reply(['url', 'reason'], { min, max }), null);
const replies = members<ReadyReplies>({
  accepted: maybe(200, 299),
  unreadable: maybe(200, 499),
  refused: maybe(400, 499),
  unavailable: maybe(500, 599),
});

const trialMembers = members<ReadyTrial>({
  route: text({ max: 40 }),
  query: or<ReadyTemplate, null>(template(TRIAL_WORDS), null),
  contentType: or(text({ max: 100 }), 'application/json'),
  body: or<ReadyTemplate, ReadyTemplate>(template(TRIAL_WORDS, 10_000), []),
});
const trialShape: DocumentShape<ReadyTrial> = trialMembers;

/** Names of routes are each there once, and rules that name one name one that is there. */
function checkRoutes(
  { routes, signature: rule }: Pick<ReadyMapping, 'routes' | 'signature'>,
  trial: ReadyTrial | null,
  root: Place,
): void {
  const names = routes.map(({ route: name }) => name);
  if (new Set(names).size < names.length) note(under(root, 'routes'), 'Two routes have the same name.');
  const check = (name: string, at: Place) => {
    if (!names.includes(name)) note(at, `There is no route ${quoted(name)} in this mapping.`);
  };
  for (const name of rule?.routes ?? []) check(name, under(under(root, 'signature'), 'routes'));
  if (trial !== null) check(trial.route, under(under(root, 'trial'), 'route'));
}
