/** What the documentation of an event about our own work is made of. */
import { JSON_SCHEMA_DIALECT, type JsonSchema } from './call-schema.js';

export interface DocumentedEvent {
  description: string;
  schema: JsonSchema;
  example: Record<string, unknown>;
}

export const TEXT = { type: 'string' };
export const ID = { type: 'string', format: 'uuid' };
export const TIME = { type: 'string', format: 'date-time' };
export const COUNT = { type: 'integer', minimum: 0 };

/** All members are there, and more may come with a later version. */
export function object(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: true };
}

export function documented(
  description: string,
  members: Record<string, JsonSchema>,
  example: Record<string, unknown>,
): DocumentedEvent {
  const reason = { ...TEXT, description: 'Words for people.' };
  return {
    description,
    schema: { $schema: JSON_SCHEMA_DIALECT, ...object({ ...members, reason }) },
    example,
  };
}
