/** How Odoo is asked since version 19: a method of a model, its arguments by name (documentation, "External JSON-2 API"). */
import type { CrmIo } from '../talk/crm-io.js';

export interface OdooCall {
  model: string;
  method: string;
  /** The records whose method it is; left out: it is the model's own. */
  ids?: readonly number[];
  args: Readonly<Record<string, unknown>>;
  makes?: true;
}

export interface Odoo {
  /** Empty: the server has one only. */
  database: string;
  io: CrmIo;
}

/** @returns what the method returned */
export async function askOdoo(
  { model, method, ids, args, makes }: OdooCall,
  { database, io }: Odoo,
): Promise<unknown> {
  const { json } = await io.ask({
    method: 'POST',
    path: `/json/2/${model}/${method}`,
    headers: database === '' ? {} : { 'x-odoo-database': database },
    json: { ...(ids === undefined ? {} : { ids }), ...args },
    ...(makes === true && { makes }),
  });
  return json;
}

/** UTC, without saying so. */
export function odooTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
