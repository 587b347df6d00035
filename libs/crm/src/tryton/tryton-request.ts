/** Tryton's way of asking: conditions and order as JSON in base64, each field a parameter of its own. */
import type { CrmRequest } from '../talk/crm-io.js';

export interface TrytonAsk {
  /** With an action behind it, where it is one. */
  model: string;
  id?: string;
  query?: Readonly<Record<string, string | number>>;
  /** A domain, as Tryton calls it. */
  where?: readonly unknown[];
  order?: readonly unknown[];
  json?: unknown;
  makes?: boolean;
}

const FIELDS = 'f';

/** The fields that an answer shall have. */
export function fields(...names: readonly string[]): Record<string, string> {
  return { [FIELDS]: names.join('\n') };
}

export function trytonRequest(database: string, ask: TrytonAsk): CrmRequest {
  const { model, id, query = {}, where, order, json, makes } = ask;
  const { [FIELDS]: names, ...others } = query;
  const listed = names === undefined ? [] : String(names).split('\n');
  const text = listed.map((name) => `${FIELDS}=${encodeURIComponent(name)}`).join('&');
  const path = `/${database}/rest/model/${model}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  return {
    method: json === undefined ? 'GET' : id === undefined ? 'POST' : 'PUT',
    path: text === '' ? path : `${path}?${text}`,
    query: {
      ...others,
      ...(where !== undefined && { d: inBase64(where) }),
      ...(order !== undefined && { o: inBase64(order) }),
    },
    // What it says of its own is in the language that is asked for; we read it.
    headers: { 'accept-language': 'en' },
    ...(json !== undefined && { json }),
    ...(makes === true && { makes }),
  };
}

function inBase64(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  // Padding is wanted; the letters are those that a URL may have.
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
