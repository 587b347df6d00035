import { readXml } from '../xmlrpc/read-xml.js';

/** The fields of a document in their order, repeated ones repeated, or why there are none. */
export type XmlFieldsReading =
  { ok: true; fields: [name: string, value: string][] } | { ok: false; reason: string };

/**
 * Reads plain XML as a form: one root of any name, one child a field, its text the value. Attributes are skipped; names
 * come out in lower case.
 *
 * Strict: deeper elements and text between the fields say that it is another document (a web page, SOAP, XML-RPC), of
 * which nothing must be guessed.
 */
export function readXmlFields(xml: string): XmlFieldsReading {
  const reading = readXml(xml);
  if (!reading.ok) return reading;
  const { root } = reading;
  if (root.text.trim() !== '' || root.children.some((field) => field.children.length > 0)) {
    return { ok: false, reason: 'The XML is not a root with one element for each field.' };
  }
  return { ok: true, fields: root.children.map((field) => [field.name, field.text]) };
}
