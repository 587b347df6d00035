/**
 * Reads what was asked of a vendor's request API as leniently as the vendors do, so that every facade reads alike: by GET, as a
 * form, JSON, XML or XML-RPC, decided by content and never by the header; names in any case; a name that is repeated is a list;
 * numbers and truth as text (design "Telephony API", section 2).
 */
import type { AskedRequest } from '../facade.js';
import { readCall } from '../xmlrpc/read-call.js';
import { structFields } from '../xmlrpc/struct-fields.js';
import { AskedFields } from './asked-fields.js';
import type { Fields } from './known-fields.js';
import { membersOf } from './members.js';
import type { IsOwn } from './open-wrappers.js';
import { readContent } from './read-content.js';
import { readXmlFields } from './read-xml-fields.js';

/** In what the words came. `none`: there were none, or none that can be read. */
export type AskedFormat = 'query' | 'form' | 'json' | 'xml' | 'xmlrpc' | 'none';

export interface AnyRequest {
  format: AskedFormat;
  /** Those of the URL in front of those of the body, whose word counts where both have one. */
  fields: AskedFields;
  /** The value of a JSON body as it came, for who takes lists; undefined for every other. */
  value: unknown;
  /** Of a call in XML-RPC. */
  method: string | null;
  /** Why the body cannot be read, in a sentence; what the URL says stands all the same. */
  problem: string | null;
}

/** What helps to read the request. */
export interface AnyRequestHints {
  /** ISO 3166-1 alpha-2: texts that say nothing of their encoding are in that country's. */
  country?: string | undefined;
  /** Names that are waited for: see `readContent`. */
  isOwn?: IsOwn;
}

/** Never throws. */
export function readAnyRequest(
  { method, query, headers, body }: AskedRequest,
  { country, isOwn }: AnyRequestHints = {},
): AnyRequest {
  const inbound = { method, route: '', query, headers, body, ...(country !== undefined && { country }) };
  const content = readContent(inbound, isOwn);
  if (!content.ok) {
    const inUrl = readContent({ ...inbound, body: new Uint8Array() }, isOwn);
    const fields = inUrl.ok && inUrl.format === 'form' ? inUrl.fields : [];
    // A request without a word is no damaged one: what is missing is named by who looks for it.
    const problem = body.length === 0 ? null : content.reason;
    return requestOf(fields.length > 0 ? 'query' : 'none', fields, { problem });
  }
  switch (content.format) {
    case 'form': {
      // What the URL says stands beside the body's words only where the body has some.
      const format = query !== '' && content.query.length === 0 ? 'query' : 'form';
      return requestOf(format, [...content.query, ...content.fields]);
    }
    case 'json':
      return requestOf('json', [...content.query, ...fieldsOf(content.value)], { value: content.value });
    case 'xmlrpc':
      return ofXml(content.text, content.query);
  }
}

function requestOf(format: AskedFormat, fields: Fields, more: Partial<AnyRequest> = {}): AnyRequest {
  return { format, fields: new AskedFields(fields), value: undefined, method: null, problem: null, ...more };
}

/** Of a list the first object: who takes more of them looks at `value`. */
function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) return membersOf(value);
  const items: readonly unknown[] = value;
  const first = items.find((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
  return first === undefined ? [] : membersOf(first as object);
}

function ofXml(text: string, query: Fields): AnyRequest {
  const call = readCall(text);
  if (call.ok) {
    const inside = call.params.flatMap((param) =>
      typeof param === 'object' && param !== null && !Array.isArray(param) ? structFields(param) : [],
    );
    return requestOf('xmlrpc', [...query, ...inside], { method: call.methodName });
  }
  if (/<\s*(?:[\w.-]+:)?methodcall[\s>]/i.test(text))
    return requestOf('xmlrpc', query, { problem: call.reason });
  const plain = readXmlFields(text);
  return plain.ok
    ? requestOf('xml', [...query, ...plain.fields])
    : requestOf('xml', query, { problem: plain.reason });
}
