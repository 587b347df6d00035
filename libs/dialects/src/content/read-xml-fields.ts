import { readXml } from '../xmlrpc/read-xml.js';
import { xmlValue } from '../xmlrpc/xml-value.js';

/**
 * The fields of a document in their order, repeated ones repeated, or why there are none. `deeper`: what it holds where that
 * is only elements that hold others, for whoever knows what he looks for in it.
 */
export type XmlFieldsReading =
  | { ok: true; fields: [name: string, value: unknown][] }
  | { ok: false; reason: string; deeper?: [name: string, value: unknown][] };

/**
 * Reads plain XML as a form: one root of any name, one child a field, its text the value. Attributes are skipped; names
 * come out in lower case. A field that holds elements is an object, for which no field that is known has a place.
 *
 * Strict: text between the fields, and nothing but fields that hold elements, say that it is another document (a web page,
 * SOAP), of which nothing must be guessed.
 */
export function readXmlFields(xml: string): XmlFieldsReading {
  const reading = readXml(xml);
  if (!reading.ok) return reading;
  const { root } = reading;
  const fields = root.children.map((field): [string, unknown] => [field.name, xmlValue(field)]);
  const reason = 'The XML is not a root with one element for each field.';
  if (root.text.trim() !== '') return { ok: false, reason };
  const isDeeper = fields.length > 0 && root.children.every((field) => field.children.length > 0);
  return isDeeper ? { ok: false, reason, deeper: fields } : { ok: true, fields };
}
