/** JSON Schema of a call as it is told: the `data` of every call event. A test keeps it in step with the API's own schema. */
import { ACTOR_KINDS, CALL_RESULTS, CALL_STATES, DIRECTIONS, MATCH_REASONS, NUMBER_TYPES } from '#domain';

export type JsonSchema = Record<string, unknown>;

export const JSON_SCHEMA_DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const TEXT = { type: 'string' };
const TEXT_OR_NULL = { type: ['string', 'null'] };
const TIME_OR_NULL = { type: ['string', 'null'], format: 'date-time' };
const SECONDS_OR_NULL = { type: ['number', 'null'], minimum: 0 };
const UUID_OR_NULL = { type: ['string', 'null'], format: 'uuid' };
const ANY_OBJECT = { type: 'object', additionalProperties: true };

/** Members that events of older builds do not have: a replay sends those as they were. */
const ADDED_LATER: ReadonlySet<string> = new Set(['unreadableFields', 'contact', 'match', 'notes']);

/** All members are there but for the ones that were added later, and more may come with a later version. */
function object(properties: Record<string, JsonSchema>): JsonSchema {
  const required = Object.keys(properties).filter((name) => !ADDED_LATER.has(name));
  return { type: 'object', properties, required, additionalProperties: true };
}

/** An extension only where one was written behind the number. */
function party(members: Record<string, JsonSchema>): JsonSchema {
  const { properties, ...all } = object(members);
  return { ...all, properties: { ...(properties as object), extension: TEXT } };
}

const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

const PARTY_MEMBERS = {
  original: TEXT,
  e164: TEXT_OR_NULL,
  country: TEXT_OR_NULL,
  countryName: TEXT_OR_NULL,
  type: { enum: [...NUMBER_TYPES, null] },
};
const PARTY = party(PARTY_MEMBERS);
const NAMED_ID_MEMBERS = { id: TEXT, name: TEXT_OR_NULL };
export const NAMED_ID = object(NAMED_ID_MEMBERS);
const IVR_STEP = object({
  order: { type: 'integer' },
  layerId: TEXT,
  layerName: TEXT_OR_NULL,
  layerNumber: { type: ['integer', 'null'] },
  digits: TEXT_OR_NULL,
  at: TIME_OR_NULL,
});

/** What `ivr.input` has beside the call. */
export const IVR_INPUT = object({
  menu: TEXT,
  layerNumber: { type: ['integer', 'null'] },
  digits: TEXT_OR_NULL,
});

/** What `call.ringing` has beside the call. */
export const RINGING = object({ leg: TEXT, extension: TEXT_OR_NULL, first: { type: 'boolean' } });

/** What `call.noted` has beside the call. */
export const NOTE = object({
  id: TEXT,
  at: { type: 'string', format: 'date-time' },
  by: object({ kind: { enum: [...ACTOR_KINDS] }, id: TEXT, name: TEXT_OR_NULL }),
  text: TEXT_OR_NULL,
  outcome: TEXT_OR_NULL,
});

/** The extensions of which a ringing was told. */
export const RANG = listOf(TEXT);

/** What a call and each of its legs have in common. */
const FACTS = {
  direction: { enum: [...DIRECTIONS] },
  result: { enum: [...CALL_RESULTS] },
  vendorType: TEXT,
  vendorStatus: TEXT,
  startedAt: TIME_OR_NULL,
  answeredAt: TIME_OR_NULL,
  endedAt: TIME_OR_NULL,
  ringSeconds: SECONDS_OR_NULL,
  queueSeconds: SECONDS_OR_NULL,
  talkSeconds: SECONDS_OR_NULL,
  from: PARTY,
  to: PARTY,
  did: orNull(party({ ...PARTY_MEMBERS, label: TEXT_OR_NULL })),
  extension: TEXT_OR_NULL,
  extensionLabel: TEXT_OR_NULL,
  agent: orNull(object({ id: UUID_OR_NULL, code: TEXT_OR_NULL, name: TEXT_OR_NULL, email: TEXT_OR_NULL })),
  queue: orNull(object({ ...NAMED_ID_MEMBERS, label: TEXT_OR_NULL })),
  department: orNull(object(NAMED_ID_MEMBERS)),
  price: orNull(object({ amount: { type: 'number' }, currency: TEXT })),
  recordings: listOf(object({ url: TEXT, vendorUrl: TEXT_OR_NULL })),
  ivrPath: listOf(IVR_STEP),
  customData: ANY_OBJECT,
  transferOf: TEXT_OR_NULL,
  ai: {},
  unreadableFields: listOf(TEXT),
  raw: ANY_OBJECT,
};

const LEG = object({ key: TEXT, state: { enum: [...CALL_STATES, null] }, ...FACTS });

const CONTACT = object({
  id: TEXT,
  source: TEXT,
  externalId: TEXT_OR_NULL,
  name: TEXT,
  company: TEXT_OR_NULL,
  url: TEXT_OR_NULL,
});
const MATCH = object({
  reason: { enum: [...MATCH_REASONS] },
  total: { type: 'integer' },
  candidates: listOf(CONTACT),
});

const UUID = { type: 'string', format: 'uuid' };

const MEMBERS = {
  id: UUID,
  connectionId: UUID,
  vendorCallId: TEXT,
  state: { enum: [...CALL_STATES] },
  ...FACTS,
  callerLocalTime: TIME_OR_NULL,
  contact: orNull(CONTACT),
  notes: listOf(NOTE),
  match: orNull(MATCH),
  legs: listOf(LEG),
};

/** @param more  members that events of one type have beside those of every call, or in a narrower sense */
export function callSchema(more: Record<string, JsonSchema> = {}): JsonSchema {
  return { $schema: JSON_SCHEMA_DIALECT, ...object({ ...MEMBERS, ...more }) };
}
