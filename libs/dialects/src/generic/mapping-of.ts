import type { DialectSettings } from '../dialect.js';
import { plain } from './mappings/plain/mapping.js';
import { SHIPPED_MAPPINGS } from './mappings/shipped-mappings.js';
import { readMapping, type MappingReading } from './read-mapping.js';

/** Prepared mappings that are remembered; when there are more, all are forgotten. */
const KEEP_MOST = 500;
const byObject = new WeakMap<object, MappingReading>();
const byText = new Map<string, MappingReading>();
let ofPlain: MappingReading | undefined;

/**
 * The mapping of a connection's settings, prepared. It is remembered, also where the settings are read from the database anew: a
 * message is read without looking at how its mapping was written.
 */
export function mappingOf(settings: DialectSettings): MappingReading {
  const { mapping } = settings;
  const known = byObject.get(settings);
  if (known !== undefined) return known;
  const reading = ofValue(mapping);
  byObject.set(settings, reading);
  return reading;
}

/** @param mapping  the name of one that is shipped, or one that was written; absent for the plain one */
function ofValue(mapping: unknown): MappingReading {
  if (mapping === undefined || mapping === null) return (ofPlain ??= readMapping(plain));
  const isName = typeof mapping === 'string';
  const written = isName ? shippedMapping(mapping) : mapping;
  if (written === undefined) return problem('No mapping of this name comes with this version.');
  const text = isName ? mapping : JSON.stringify(mapping);
  const known = byText.get(text);
  if (known !== undefined) return known;
  const reading = readMapping(written);
  if (byText.size >= KEEP_MOST) byText.clear();
  byText.set(text, reading);
  return reading;
}

function shippedMapping(name: string) {
  return Object.hasOwn(SHIPPED_MAPPINGS, name) ? SHIPPED_MAPPINGS[name] : undefined;
}

function problem(message: string): MappingReading {
  return { ok: false, problems: [{ path: '', message }] };
}
