import { bearer } from './identity';
import { ROUTES, type Operations } from './operations';
import { Problem, problemOf } from './problem';

export type OperationName = keyof Operations;
export type AnswerOf<N extends OperationName> = Operations[N]['answer'];
export type QueryOf<N extends OperationName> = Operations[N]['query'];

type Given<K extends string, T> = [T] extends [undefined]
  ? Partial<Record<K, undefined>>
  : object extends T
    ? { [key in K]?: T }
    : { [key in K]: T };

/** What an operation wants, and whom it is about. */
export type Asked<N extends OperationName> = Given<'path', Operations[N]['path']> &
  Given<'query', Operations[N]['query']> &
  Given<'body', Operations[N]['body']> & {
    tenant?: string | undefined;
    signal?: AbortSignal | undefined;
    /** `updatedAt` of what is to be changed, as it was seen: where somebody changed it since, the answer is 412 `resource.changed`. */
    seen?: string | undefined;
  };

type Loose = {
  path?: Readonly<Record<string, unknown>> | undefined;
  query?: Readonly<Record<string, unknown>> | undefined;
  body?: unknown;
  tenant?: string | undefined;
  signal?: AbortSignal | undefined;
  seen?: string | undefined;
};

/**
 * Asks the API, as whoever is signed in, or as the portal that this page is.
 *
 * @param name  of the operation in the OpenAPI document, such as `calls.list`
 * @throws Problem whenever the answer is not what was asked for
 */
export async function ask<N extends OperationName>(
  name: N,
  ...[asked]: object extends Asked<N> ? [Asked<N>?] : [Asked<N>]
): Promise<AnswerOf<N>> {
  const given = (asked ?? {}) as Loose;
  const [method = '', template = ''] = ROUTES[name].split(' ');
  const answer = await send(addressOf(template, given), {
    method,
    headers: headersOf(given),
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    ...(given.signal === undefined ? {} : { signal: given.signal }),
  });
  const text = await answer.text();
  if (!answer.ok) throw problemOf(answer.status, text, answer.headers.get('x-request-id'));
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return (text === '' ? undefined : isJson ? JSON.parse(text) : text) as AnswerOf<N>;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, credentials: bearer() === undefined ? 'same-origin' : 'omit' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem('', { status: 0, code: 'network.unreachable' });
  }
}

/** The ETag that the API gives a thing that was last changed then. */
function etagOf(updatedAt: string): string {
  return `"${new Date(updatedAt).getTime().toString(36)}"`;
}

export function headersOf({ tenant, body, seen }: Loose): Record<string, string> {
  const token = bearer();
  return {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    // No form of another site can send it.
    'x-switchhook': '1',
    ...(tenant === undefined ? {} : { 'switchhook-tenant': tenant }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(seen === undefined ? {} : { 'if-match': etagOf(seen) }),
  };
}

/** @param template  such as `/v1/calls/{id}` */
export function addressOf(
  template: string,
  { path = {}, query = {} }: Pick<Loose, 'path' | 'query'>,
): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? filled : `${filled}?${search}`;
}
