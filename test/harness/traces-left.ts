import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { TenantId } from '#domain';
import { sealedFor } from '#db';
import { SecretBox } from '#platform';
import { SECRET_KEYS } from './tenant.js';
import type { Sql } from './world.js';

const TEXTS = ['text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY'];
const UNPACKERS = [gunzipSync, inflateSync, inflateRawSync, brotliDecompressSync];
const BASE64 = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const MOST_LAYERS = 3;

/**
 * Where these digits can still be read: each column of each table of the tenant's, however it is encoded. Written without what the
 * product finds them with.
 */
export async function tracesLeft(sql: Sql, tenant: TenantId, digits: string): Promise<string[]> {
  const columns = await sql.rows<{ table: string; column: string; owned: boolean }>(
    `SELECT c.table_name AS table, c.column_name AS column,
            EXISTS (SELECT 1 FROM information_schema.columns o WHERE o.table_name = c.table_name
                    AND o.table_schema = 'public' AND o.column_name = 'tenant_id') AS owned
     FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name AND NOT k.relispartition
     WHERE c.table_schema = 'public' AND k.relkind IN ('r', 'p') AND c.data_type = ANY($1)`,
    [TEXTS],
  );
  const left: string[] = [];
  for (const { table, column, owned } of columns) {
    const rows = await sql.rows<{ value: unknown; row: Record<string, unknown> }>(
      `SELECT CASE WHEN pg_typeof(t."${column}") = 'bytea'::regtype THEN t."${column}"::text ELSE t."${column}"::text END AS value,
              to_jsonb(t) AS row
       FROM "${table}" t ${owned ? 'WHERE t.tenant_id = $1 OR $1::uuid IS NULL' : 'WHERE $1::uuid IS NOT NULL'}`,
      [tenant],
    );
    for (const { value, row } of rows) {
      if (value === null) continue;
      const text = value as string;
      const isBytes = text.startsWith('\\x');
      const sealed = column === 'sealed_body' ? [opened(text, row)] : [];
      const read = isBytes ? bytesRead(Buffer.from(text.slice(2), 'hex'), 0) : textRead(text, 0);
      if ([...read, ...sealed].some((one) => digitsOf(one).includes(digits))) left.push(`${table}.${column}`);
    }
  }
  return [...new Set(left)].sort();
}

function opened(sealed: string, { actor_id, key }: Record<string, unknown>): string {
  const box = SecretBox.fromKeys(SECRET_KEYS);
  return box.open(sealed, sealedFor.idempotentAnswer(String(actor_id), String(key)));
}

const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D+/g, '');

function bytesRead(bytes: Buffer, layer: number): string[] {
  const texts = (['utf8', 'latin1', 'utf16le'] as const).flatMap((encoding) =>
    textRead(bytes.toString(encoding), layer),
  );
  if (layer >= MOST_LAYERS) return texts;
  for (const unpack of UNPACKERS) {
    try {
      texts.push(...bytesRead(unpack(bytes), layer + 1));
    } catch {
      // It was not packed so.
    }
  }
  return texts;
}

function textRead(text: string, layer: number): string[] {
  if (layer >= MOST_LAYERS) return [text];
  const unescaped = text
    .replace(/%u([0-9a-f]{4})|\\u([0-9a-f]{4})/gi, (_, a?: string, b?: string) =>
      String.fromCharCode(Number.parseInt(a ?? b ?? '', 16)),
    )
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const further = unescaped === text ? [] : textRead(unescaped, layer + 1);
  const base64 = [...text.matchAll(BASE64)].flatMap(([piece]) =>
    bytesRead(Buffer.from(piece, 'base64'), layer + 1),
  );
  return [text, ...further, ...base64];
}
