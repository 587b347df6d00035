/** How Odoo is asked: a method of a model, since version 19 by a path of its own, before that by JSON-RPC. */
import { unreadable, type CrmIo, type CrmRequest } from '../talk/crm-io.js';
import { memberOf } from '../talk/members.js';

export interface OdooCall {
  model: string;
  method: string;
  /** The records whose method it is; left out: it is the model's own. */
  ids?: readonly number[];
  args: Readonly<Record<string, unknown>>;
  makes?: true;
}

/**
 * - `json2`: odoo.com/documentation, "External JSON-2 API"
 * - `jsonrpc`: "External API" of versions up to 18; taken out in 22. The database and the user have to be named there
 */
export const ODOO_APIS = ['json2', 'jsonrpc'] as const;

export interface OdooServer {
  api: (typeof ODOO_APIS)[number];
  /** Empty: the server has one only. */
  database: string;
  /** Number of the user whose key it is, for JSON-RPC. */
  userId: number;
}

export interface Odoo extends OdooServer {
  io: CrmIo;
}

/** Of JSON-RPC, the argument that is the user's key or password. */
const SECRET_AT = ['params', 'args', 2] as const;

/** @returns what the method returned */
export async function askOdoo(call: OdooCall, { io, ...server }: Odoo): Promise<unknown> {
  const isRpc = server.api === 'jsonrpc';
  const { json } = await io.ask(isRpc ? byRpc(call, server) : byPath(call, server));
  const returned = isRpc ? memberOf(json, 'result') : json;
  // A page, of another program behind the URL: nobody found there is nobody unknown.
  if (returned === undefined) throw unreadable('result');
  return returned;
}

function byPath({ model, method, ids, args, makes }: OdooCall, { database }: OdooServer): CrmRequest {
  return {
    method: 'POST',
    path: `/json/2/${model}/${method}`,
    headers: database === '' ? {} : { 'x-odoo-database': database },
    json: { ...(ids === undefined ? {} : { ids }), ...args },
    ...(makes === true && { makes }),
  };
}

function byRpc({ model, method, ids, args, makes }: OdooCall, { database, userId }: OdooServer): CrmRequest {
  const { vals_list: values, ...named } = args;
  // What it makes records of, it looks for among the arguments without names.
  const placed = [...(ids === undefined ? [] : [ids]), ...(values === undefined ? [] : [values])];
  const executed = [database, userId, null, model, method, placed, named];
  return {
    method: 'POST',
    path: '/jsonrpc',
    json: {
      jsonrpc: '2.0',
      method: 'call',
      id: 1,
      params: { service: 'object', method: 'execute_kw', args: executed },
    },
    secretAt: SECRET_AT,
    ...(makes === true && { makes }),
  };
}
