/** 4PSA VoipNow's UnifiedAPI and its token, as public documentation and clients have them. */
import { readAnyRequest, type AnyRequest } from '../../content/any-request.js';
import type { AskedRequest, Facade, FacadeReading, FacadeSettings } from '../../facade.js';
import type { VoipnowRoute } from './api-route.js';
import { mannerOf, type VoipnowManner } from './manner.js';
import { FIRST_PAGE, readPage, type Page } from './page.js';
import { placeInPath, type PlaceInPath } from './place-in-path.js';
import { readCallAction, readCallsList, readHangUp } from './read-calls.js';
import { readCallLog } from './read-call-log.js';
import { readCreate } from './read-create.js';
import { eventInPath, readAgents, readEvents, readPresence } from './read-extensions.js';
import { asking, invalid, type AskReading } from './reading.js';
import { isBasic, whichClient, whoseToken } from './who-asks.js';
import { writeAnswer } from './write-answer.js';

/** The service by its name of today and by the one before. */
const below = (...paths: string[]) =>
  ['/uapi', '/unifiedapi'].flatMap((base) => paths.map((path) => base + path));

/** What names a kind of call stands before what takes any word in its place. */
export const voipnowApi: Facade = {
  name: 'voipnow',
  routes: [
    { name: 'token', paths: ['/oauth/token.php'], methods: ['POST'], changes: true },
    {
      name: 'create',
      paths: below('/phonecalls/*/simple', '/phonecalls/*/callback', '/phonecalls/*/conferenceinvite'),
      methods: ['POST'],
      changes: true,
    },
    {
      name: 'calls',
      paths: below('/phonecalls/*', '/phonecalls/*/*', '/phonecalls/*/*/*'),
      methods: ['GET', 'PUT', 'DELETE'],
      changes: true,
    },
    { name: 'presence', paths: below('/extensions/*/*/presence'), methods: ['GET'], changes: false },
    {
      name: 'agents',
      paths: below(
        '/extensions/*/*/queue/agents',
        '/extensions/*/*/queue/agents/*',
        '/extensions/*/*/queueagent',
        '/extensions/*/*/queueagent/*',
      ),
      methods: ['GET', 'PUT'],
      changes: true,
    },
    {
      name: 'events',
      paths: below(
        '/extensions/*/*/phonecallevents',
        '/extensions/*/*/phonecallevents/*',
        '/extensions/*/*/phonecallevents/*/*',
      ),
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      changes: true,
    },
    { name: 'cdr', paths: below('/cdr', '/cdr/*'), methods: ['GET'], changes: false },
  ],
  read: readRequest,
  write: (result, reading, settings) =>
    writeAnswer(result, { route: routeNamed(reading.route), manner: mannerOf(reading) }, settings),
};

const ROUTES: ReadonlySet<string> = new Set(voipnowApi.routes.map(({ name }) => name));

function routeNamed(name: string): VoipnowRoute {
  return ROUTES.has(name) ? (name as VoipnowRoute) : 'calls';
}

function readRequest(request: AskedRequest, name: string, settings: FacadeSettings | null): FacadeReading {
  const route = routeNamed(name);
  const asked = readAnyRequest(request, { country: settings?.country });
  const { fields } = asked;
  if (route === 'token') {
    const grant = fields.text('grant_type');
    const known = grant === 'client_credentials';
    return {
      route,
      presented: whichClient(request, fields),
      manner: manner(request, {
        basic: isBasic(request),
        grant: grant === null ? 'none' : known ? 'known' : 'other',
      }),
      ask: known ? asking({ kind: 'token' }) : invalid('grant_type', 'grant_type is client_credentials.'),
    };
  }
  const page = route === name ? readPage(fields, route) : invalid('path', 'There is no such service.');
  const place = placeInPath(request.path, route);
  return {
    route,
    presented: whoseToken(request, fields),
    manner: manner(request, {
      page: 'ok' in page ? FIRST_PAGE : page,
      ...('ok' in place ? {} : inPath(place, route)),
      ...(route === 'create' && said(asked)),
      note: fields.text('note'),
    }),
    ask:
      'ok' in place ? place : 'ok' in page ? page : readAsk(request, asked, { route, place, page, settings }),
  };
}

interface Context {
  route: Exclude<VoipnowRoute, 'token'>;
  place: PlaceInPath;
  page: Page;
  settings: FacadeSettings | null;
}

function readAsk(
  { method: verb }: AskedRequest,
  { fields, problem }: AnyRequest,
  { route, place, page, settings }: Context,
): AskReading {
  const method = verb.toUpperCase();
  if (problem !== null && method !== 'GET') return invalid('payload', problem);
  const country = settings?.country ?? null;
  switch (route) {
    case 'create':
      return readCreate(fields, (place.rest[0] ?? '').toLowerCase(), country);
    case 'calls':
      if (method === 'PUT') return readCallAction(fields, place, country);
      return method === 'DELETE' ? readHangUp(fields, place) : readCallsList(place);
    case 'presence':
      return readPresence(place);
    case 'agents':
      return readAgents(fields, place, method);
    case 'events':
      return readEvents(fields, place, method);
    case 'cdr':
      return readCallLog(fields, place, page, settings?.epochs ?? 'local');
  }
}

function manner({ method }: AskedRequest, more: Partial<VoipnowManner>): VoipnowManner {
  return {
    method: method.toUpperCase(),
    page: FIRST_PAGE,
    extension: null,
    id: null,
    eventType: null,
    nonce: null,
    callerId: null,
    note: null,
    basic: false,
    grant: 'none',
    ...more,
  };
}

function inPath({ extension, rest }: PlaceInPath, route: VoipnowRoute): Partial<VoipnowManner> {
  if (route !== 'events') return { extension, id: rest[0] ?? null };
  const { type, id } = eventInPath(rest);
  return { extension, id, eventType: type };
}

/** What a client that places a call gets back as it was. */
function said({ fields }: AnyRequest): Partial<VoipnowManner> {
  const asked = fields.within('phonecallview');
  return {
    extension: fields.text('extension'),
    nonce: fields.text('nonce'),
    callerId: asked.text('callerid'),
  };
}
