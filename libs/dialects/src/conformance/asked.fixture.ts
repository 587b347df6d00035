/** The examples of requests that stand in a facade's folder: `api/fixtures/<route>/<name>.<format>`. For tests only. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AskedRequest, Facade } from '../facade.js';

export interface AskedExample {
  /** With the route's folder. */
  name: string;
  facade: Facade;
  route: string;
  request: AskedRequest;
}

const TYPES: Readonly<Record<string, string>> = {
  form: 'application/x-www-form-urlencoded',
  json: 'application/json',
  xml: 'text/xml',
};
const HTTP_FILE = 'http';

/**
 * A `.query` goes by GET; a `.http` is a request line, headers, an empty line and a body; all else is a body. The final line
 * break is the editor's.
 */
export function askedExample(facade: Facade, route: string, file: string): AskedExample {
  const folder = fileURLToPath(new URL(`../${facade.name}/api/fixtures/${route}/`, import.meta.url));
  const text = readFileSync(folder + file, 'utf8').replace(/\n$/, '');
  const path = facade.routes.find(({ name }) => name === route)?.paths[0]?.replaceAll('*', 'x') ?? '/';
  const ending = file.split('.').at(-1) ?? '';
  return { name: `${facade.name}/${route}/${file}`, facade, route, request: requestOf(path, ending, text) };
}

export function askedExamples(facade: Facade): AskedExample[] {
  return facade.routes.flatMap(({ name: route }) => {
    const folder = fileURLToPath(new URL(`../${facade.name}/api/fixtures/${route}/`, import.meta.url));
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((file) => askedExample(facade, route, file));
  });
}

function requestOf(path: string, ending: string, text: string): AskedRequest {
  const plain = { path, query: '', headers: {}, body: new Uint8Array() };
  if (ending === HTTP_FILE) return readHttp(text);
  if (ending === 'query') return { ...plain, method: 'GET', query: text };
  return { ...plain, method: 'POST', headers: { 'content-type': TYPES[ending] }, body: Buffer.from(text) };
}

function readHttp(text: string): AskedRequest {
  const [head = '', ...rest] = text.split('\n\n');
  const [line = '', ...headers] = head.split('\n');
  const [method = 'GET', target = '/'] = line.split(' ');
  const [path = '/', query = ''] = target.split('?');
  return {
    method,
    path: decodeURIComponent(path),
    query,
    headers: Object.fromEntries(
      headers.map((header) => {
        const [name = '', ...value] = header.split(':');
        return [name.toLowerCase(), value.join(':').trim()];
      }),
    ),
    body: Buffer.from(rest.join('\n\n')),
  };
}
