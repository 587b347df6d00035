/** Decides by content what a request is, and reads it as far as that does not depend on the vendor. */
import type { InboundRequest } from '../dialect.js';
import { hintsOf, readBody } from './body/read-body.js';
import type { Fields } from './known-fields.js';
import type { Names } from './read-form.js';
import { readQuery } from './read-query.js';
import { sniffFormat } from './sniff-format.js';
import type { BodyFormat } from './sniff-format.js';

/** What comes beside the body's own. */
interface Beside {
  /** The parameters of the URL, where the body says something: they stand in front of the fields of every message in it. */
  query: Fields;
  /** Names of fields that were not read, as there were too many; see `undecodableFields` for those that were read badly. */
  unread: readonly string[];
}

export type Content =
  | ({ ok: true; format: 'json'; value: unknown } & Beside)
  | ({ ok: true; format: 'form'; fields: [name: string, value: unknown][] } & Beside)
  | ({ ok: true; format: 'xmlrpc'; text: string } & Beside)
  | { ok: false; format: BodyFormat; reason: string };

/**
 * A request whose body says nothing is read from its query string, as a form: some PBXs can only be told a URL, and POST to
 * it. Where both say something they are one message, of which the body's word counts before the URL's.
 *
 * @param names  that the dialect knows, squeezed
 */
export function readContent(request: InboundRequest, names?: Names): Content {
  const body = readBody(request, names);
  const { fields, unread } = readQuery(request.query, hintsOf(request, names));
  const beside = { query: fields, unread };
  switch (body.kind) {
    case 'json':
      return { ok: true, format: 'json', value: body.value, ...beside };
    case 'xml':
      return { ok: true, format: 'xmlrpc', text: body.text, ...beside };
    case 'fields':
      return {
        ok: true,
        format: 'form',
        fields: body.fields,
        query: fields,
        unread: [...unread, ...body.unread],
      };
    case 'blank':
    case 'unreadable':
      break;
  }
  const mayBeInUrl = body.kind === 'blank' || body.prose;
  if (mayBeInUrl && fields.length > 0) return { ok: true, format: 'form', fields, query: [], unread };
  if (body.kind === 'unreadable') return { ok: false, format: sniffFormat(request), reason: body.reason };
  // The vendor's reader has a better word for what is missing.
  if (body.value !== undefined) return { ok: true, format: 'json', value: body.value, ...beside };
  return { ok: false, format: sniffFormat(request), reason: 'The request has neither body nor query.' };
}
