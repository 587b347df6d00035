import type { CrmReply, CrmVerdict } from '../talk/crm-io.js';
import { memberOf, textIn } from '../talk/members.js';

/** Errors carry the name of Odoo's exception; those of JSON-RPC come with a 200. Its own debugging text stays there. */
export function judgeOdoo({ status, json }: CrmReply): CrmVerdict | undefined {
  const error = memberOf(json, 'error');
  const raised = error === undefined ? json : memberOf(error, 'data');
  const name = textIn(raised, 'name');
  const reason = textIn(raised, 'message') || textIn(error, 'message');
  if (/MissingError$/.test(name)) return { kind: 'gone', reason };
  if (/AccessDenied$|SessionExpired/.test(name) || status === 401) return { kind: 'unauthorised', reason };
  if (/AccessError$/.test(name)) return { kind: 'refused', reason };
  if (/(ValidationError|UserError)$/.test(name)) {
    return { kind: /phone|number/i.test(reason) ? 'bad number' : 'refused', reason };
  }
  if (status === 404) return { kind: 'refused', reason: 'There is no such model, method or database' };
  if (error === undefined) return undefined;
  // The database is ill, or two wrote the same; all else is a model or a field that it has not.
  return { kind: /psycopg2|OperationalError/.test(name) ? 'unreachable' : 'refused', reason };
}
