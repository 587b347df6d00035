/**
 * The sink's own HTTP interface, for those who run it as a process:
 *
 *     GET  /control/stats                what arrived, by name
 *     GET  /control/{name}/bodies        the last bodies (needs --keep)
 *     PUT  /control/{name}/script        [503, 503, 200] or {"windows": [...], "answers": [...], "otherwise": 200}
 *     PUT  /control/{name}/secret        {"secret": "whsec_..."} or {"secrets": [...]}; an empty list believes everybody
 *     GET  /control/{name}               a page for people, with a switch
 *     POST /control/{name}/break         answer 503 from now on; /mend answers as before its script
 *     POST /control/reset                forget what was counted; {"scripts": true} forgets the scripts too
 */
import type { ServerResponse } from 'node:http';
import type { CrmDesks } from './crm-desks.js';
import { deskPage } from './desk-page.js';
import { readScript } from './script.js';

export interface ControlRequest {
  method: string;
  path: string;
  body: string;
}

type Handler = (desks: CrmDesks, name: string, body: unknown, path: string) => unknown;

/** For browsers. */
class Page {
  constructor(readonly html: string) {}
}
/** Where a browser goes on after a form. */
class Elsewhere {
  constructor(readonly path: string) {}
}

const BROKEN = 503;

interface Route {
  method: string;
  path: RegExp;
  /** Only of a CRM that there is: nobody makes one by looking for it. */
  known?: true;
  handle: Handler;
}

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/control\/stats$/, handle: (desks) => desks.stats() },
  { method: 'GET', path: /^\/control\/([^/]+)\/bodies$/, handle: (desks, name) => desks.bodies(name) },
  {
    method: 'PUT',
    path: /^\/control\/([^/]+)\/script$/,
    handle: (desks, name, body) => {
      desks.setScript(name, readScript(body));
      return { ok: true };
    },
  },
  {
    method: 'PUT',
    path: /^\/control\/([^/]+)\/secret$/,
    handle: (desks, name, body) => {
      desks.setSecret(name, ...secretsOf(body));
      return { ok: true };
    },
  },
  {
    method: 'POST',
    path: /^\/control\/([\w-]+)\/(?:break|mend)$/,
    known: true,
    handle: (desks, name, _body, path) => {
      desks.setScript(name, path.endsWith('/break') ? { otherwise: BROKEN } : {});
      return new Elsewhere(`/control/${name}`);
    },
  },
  {
    method: 'GET',
    path: /^\/control\/([\w-]+)$/,
    known: true,
    handle: (desks, name) => new Page(deskPage(name, desks.isBroken(name), desks.book(name).stats())),
  },
  {
    method: 'POST',
    path: /^\/control\/reset$/,
    handle: (desks, _name, body) => {
      desks.reset({ scripts: isRecord(body) && body.scripts === true });
      return { ok: true };
    },
  },
];

export function answerControl(
  desks: CrmDesks,
  { method, path, body }: ControlRequest,
  response: ServerResponse,
): void {
  for (const route of ROUTES) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (!found || (route.known === true && !desks.names.includes(found[1] ?? ''))) continue;
    try {
      const given: unknown = body === '' ? undefined : JSON.parse(body);
      reply(response, 200, route.handle(desks, found[1] ?? '', given, path));
    } catch (error) {
      reply(response, 400, { error: (error as Error).message });
    }
    return;
  }
  reply(response, 404, { error: 'Webhooks go to /crm/{name}; see GET /control/stats.' });
}

function secretsOf(body: unknown): string[] {
  if (isRecord(body)) {
    if (typeof body.secret === 'string') return [body.secret];
    if (Array.isArray(body.secrets)) return body.secrets.map(String);
  }
  throw new RangeError('Send {"secret": "whsec_..."} or {"secrets": [...]}.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (body instanceof Elsewhere) {
    response.writeHead(303, { location: body.path }).end();
    return;
  }
  const text = body instanceof Page ? body.html : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': body instanceof Page ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
