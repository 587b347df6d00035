/** Documentation of the events about endpoints. */
import type { OperationalEventType } from '#domain';
import type { JsonSchema } from './call-schema.js';

export const OPERATIONAL_DESCRIPTIONS: Readonly<Record<OperationalEventType, string>> = {
  'endpoint.failing':
    'Four deliveries in a row to another endpoint failed. Told once until it recovers. Like all events about endpoints it is ' +
    'not part of `*`: ask for it by name or by `endpoint.*`.',
  'endpoint.disabled':
    'Another endpoint was disabled, because it is gone or nothing got through for too long.',
  'endpoint.recovered': 'A delivery got through to an endpoint that was failing.',
};

export const OPERATIONAL_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['endpoint', 'reason'],
  properties: {
    endpoint: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } },
    },
    reason: { type: 'string', description: 'Words for people.' },
  },
};

export const OPERATIONAL_EXAMPLE = {
  endpoint: { id: '019a9e5c-7a00-7000-8000-000000000002', name: 'CRM' },
  reason: 'Several deliveries in a row failed. They are tried again by its schedule.',
};
