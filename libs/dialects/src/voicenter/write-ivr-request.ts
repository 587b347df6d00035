import type { Reply } from '../dialect.js';
import { writeCall } from '../xmlrpc/write-message.js';
import type { Writable } from '../xmlrpc/write-value.js';

/** The formats that a server of a tenant's is asked and told in about a caller in a menu. */
export type IvrFormat = 'json' | 'xmlrpc';

/** A method and its fields as the vendor sends them (seed sections 5 and 12). `undefined` fields are left out. */
export function writeIvrRequest(
  method: string,
  data: { readonly [name: string]: Writable },
  format: IvrFormat,
): Reply {
  return format === 'xmlrpc'
    ? { contentType: 'text/xml', body: writeCall(method, [data]) }
    : { contentType: 'application/json', body: JSON.stringify({ METHOD: method, DATA: data }) };
}
