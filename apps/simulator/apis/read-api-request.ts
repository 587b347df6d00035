import type { IncomingMessage } from 'node:http';
import type { ApiRequest } from './vendor-api.js';

const FORM = 'application/x-www-form-urlencoded';

/** Null where the client went away before it had said all. */
export async function readApiRequest(incoming: IncomingMessage): Promise<ApiRequest | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const [path = '', query = ''] = (incoming.url ?? '').split(/\?(.*)/s, 2);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const contentType = headers['content-type'] ?? '';
  return {
    method: incoming.method ?? '',
    path,
    headers,
    query: new URLSearchParams(query),
    form: new URLSearchParams(contentType.startsWith(FORM) ? body : ''),
    json: jsonIn(body),
    body,
  };
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
