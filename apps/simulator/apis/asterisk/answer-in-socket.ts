/** REST in the socket that the PBX has opened: a request is a message, and so is its answer. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiReply, ApiRequest } from '../vendor-api.js';

interface RestRequest {
  type?: string;
  transaction_id?: string;
  request_id?: string;
  method?: string;
  uri?: string;
  query_strings?: { name: string; value: string }[];
  content_type?: string;
  message_body?: string;
}

const SLOW_MS = 1_000;
const PAGE = '<!DOCTYPE html><html><body>Please sign in.</body></html>';

/** @returns what to write; null to break off, undefined to say nothing. What is no request is answered with 400, as it is there. */
export async function answerInSocket(
  message: string,
  answer: (request: ApiRequest) => ApiReply | undefined,
): Promise<string | null | undefined> {
  const asked = JSON.parse(message) as RestRequest;
  const request = requestOf(asked);
  const reply =
    request === null
      ? { status: 400, contentType: 'application/json', body: '{"message":"Bad request"}' }
      : (answer(request) ?? { status: 404, contentType: '', body: '{"message":"Resource not found"}' });
  const spoiled = await spoil(reply);
  if (spoiled === null || spoiled === undefined) return spoiled;
  return JSON.stringify({
    type: 'RESTResponse',
    ...{
      transaction_id: asked.transaction_id ?? '',
      request_id: asked.request_id ?? '',
      uri: asked.uri ?? '',
    },
    ...{ status_code: spoiled.status, reason_phrase: '' },
    ...(spoiled.body !== '' && { content_type: 'application/json', message_body: spoiled.body }),
  });
}

function requestOf({
  type,
  method,
  uri,
  query_strings = [],
  message_body = '',
  content_type,
}: RestRequest): ApiRequest | null {
  if (type !== 'RESTRequest' || method === undefined || uri === undefined || uri === '') return null;
  const isJson = content_type === 'application/json';
  if (message_body !== '' && !isJson) return null;
  const [path = '', query = ''] = uri.split('?', 2);
  const params = new URLSearchParams(query);
  for (const { name, value } of query_strings) params.append(name, value);
  return {
    ...{ method, path: `/${path}`, headers: {}, query: params, form: new URLSearchParams() },
    json: message_body === '' ? undefined : (JSON.parse(message_body) as unknown),
    body: message_body,
  };
}

async function spoil(reply: ApiReply): Promise<Pick<ApiReply, 'status' | 'body'> | null | undefined> {
  switch (reply.fate?.answer) {
    case 'silence':
      return undefined;
    case 'reset':
      return null;
    case 'slow':
      await delay(SLOW_MS);
      return reply;
    case 'cut':
      return { status: reply.status, body: reply.body.slice(0, Math.floor(reply.body.length / 3)) };
    case 'http_500':
      return { status: 500, body: '{"error":"Internal Server Error"}' };
    case 'html':
      return { status: 200, body: PAGE };
    case 'redirect':
      return { status: 302, body: '' };
    default:
      return reply;
  }
}
