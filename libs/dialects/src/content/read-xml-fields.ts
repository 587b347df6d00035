import { readXml } from '../xmlrpc/read-xml.js';
import { xmlValue } from '../xmlrpc/xml-value.js';

/** The fields of a document in their order, repeated ones repeated, or why there are none. */
export type XmlFieldsReading =
  { ok: true; fields: [name: string, value: unknown][] } | { ok: false; reason: string };

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
  const deeper = root.children.filter((field) => field.children.length > 0);
  if (root.text.trim() !== '' || (deeper.length > 0 && deeper.length === root.children.length)) {
    return { ok: false, reason: 'The XML is not a root with one element for each field.' };
  }
  return { ok: true, fields: root.children.map((field) => [field.name, xmlValue(field)]) };
}
