import { readXml } from '../xmlrpc/read-xml.js';
import type { FormReading } from './read-form.js';

/**
 * Reads plain XML as a form: one root of any name, one child a field, its text the value. Attributes are skipped; names
 * come out in lower case.
 *
 * Strict: deeper elements and text between the fields say that it is another document (a web page, SOAP, XML-RPC), of
 * which nothing must be guessed.
 */
export function readXmlFields(xml: string): FormReading {
  const reading = readXml(xml);
  if (!reading.ok) return reading;
  const { root } = reading;
  if (root.text.trim() !== '' || root.children.some((field) => field.children.length > 0)) {
    return { ok: false, reason: 'The XML is not a root with one element for each field.' };
  }
  return { ok: true, fields: root.children.map((field) => [field.name, field.text]) };
}
