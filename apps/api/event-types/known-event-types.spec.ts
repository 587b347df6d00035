import 'reflect-metadata';
import { CallDto, CallLegDto } from '../calls/call.dto.js';
import { callSchema, type JsonSchema } from './call-schema.js';
import { KNOWN_EVENT_TYPES } from './known-event-types.js';

/** Where a value breaks a schema, for the few keywords that ours use. */
function breaches(schema: JsonSchema, value: unknown, path = 'data'): string[] {
  const { type, enum: words, const: only, anyOf, properties = {}, required = [], items } = schema;
  const wrong = [`${path}: ${JSON.stringify(value)}`];
  if ('const' in schema && value !== only) return wrong;
  if (Array.isArray(words) && !words.includes(value)) return wrong;
  if (Array.isArray(anyOf)) {
    return anyOf.some((each) => breaches(each as JsonSchema, value).length === 0) ? [] : wrong;
  }
  if (type !== undefined && ![type].flat().some((name) => isOf(name as string, value))) return wrong;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => breaches(items as JsonSchema, item, `${path}[${String(index)}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const missing = (required as string[]).filter((name) => !Object.hasOwn(value, name));
  const there = Object.entries(properties as Record<string, JsonSchema>).filter(([name]) =>
    Object.hasOwn(value, name),
  );
  const members = there.flatMap(([name, member]) =>
    breaches(member, (value as Record<string, unknown>)[name], `${path}.${name}`),
  );
  return [...missing.map((name) => `${path}.${name} is missing`), ...members];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}

/** Names of the members that the API documents. */
function documented(dto: { prototype: object }): string[] {
  const names = Reflect.getMetadata('swagger/apiModelPropertiesArray', dto.prototype) as string[];
  return names.map((name) => name.replace(/^:/, '')).sort();
}

function membersOf(schema: unknown): string[] {
  return Object.keys((schema as { properties: object }).properties).sort();
}

describe('the known event types', () => {
  it.each(KNOWN_EVENT_TYPES.map((known) => [known.type, known] as const))(
    '%s has an example of its schema',
    (_, known) => {
      expect(breaches(known.schema, known.example)).toEqual([]);
      expect(known.version).toBeGreaterThanOrEqual(1);
    },
  );

  it('have schemas that notice what is wrong', () => {
    const [ringing] = KNOWN_EVENT_TYPES;
    const { id: _, ...nameless } = ringing?.example ?? {};
    expect(breaches(ringing?.schema ?? {}, nameless)).toContain('data.id is missing');
    expect(breaches(ringing?.schema ?? {}, { ...ringing?.example, state: 'ended' })).toHaveLength(1);
  });

  it('describe a call with the members that the API describes', () => {
    const { properties } = callSchema() as { properties: { legs: { items: unknown } } };
    expect(membersOf({ properties })).toEqual(documented(CallDto));
    expect(membersOf(properties.legs.items)).toEqual(documented(CallLegDto));
  });
});
