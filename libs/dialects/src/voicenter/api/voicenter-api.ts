/** Voicenter's request API, served: click-to-call, the call log, live calls, agents' statuses, the blacklist, the dialer. */
import { readAnyRequest, type AnyRequest } from '../../content/any-request.js';
import { MOST_LENIENT_BYTES, readLongRequest } from '../../content/long-request.js';
import type { AskedRequest, Facade, FacadeReading, FacadeSettings, Presented } from '../../facade.js';
import { invalid, type ApiRoute } from './api-route.js';
import { addToBlacklist, removeFromBlacklist } from './blacklist.js';
import { click2call } from './click2call.js';
import { DIALER_ROUTES } from './dialer/dialer-routes.js';
import { extensionList } from './extension-list.js';
import { WRONG_KIND, wordsOf } from './failure-words.js';
import { extensionCalls, queueCallers } from './live-calls.js';
import { callLog } from './log/call-log.js';
import { muteCalls } from './mute-calls.js';
import { jsonReply } from './replies.js';
import { setStatus, statusList } from './user-login.js';

const ROUTES: readonly ApiRoute[] = [
  click2call,
  callLog,
  extensionCalls,
  queueCallers,
  extensionList,
  setStatus,
  statusList,
  addToBlacklist,
  removeFromBlacklist,
  muteCalls,
  ...DIALER_ROUTES,
];

const byName = new Map(ROUTES.map((route) => [route.route.name, route]));
const BEARER = /^\s*bearer\s+(\S+)\s*$/i;
/** Where nobody says where the request comes from: what a text of unknown encoding is in. */
const VENDORS_COUNTRY = 'IL';
const LONG_BYTES = 256 * 1024;
const lately = new WeakMap<AskedRequest, { country: string; asked: AnyRequest }>();

export const voicenterApi: Facade = {
  name: 'voicenter',
  routes: ROUTES.map(({ route }) => route),
  read,
  write: (result, { route, manner }, settings) =>
    byName.get(route)?.write(result, manner, settings) ??
    jsonReply({ ErrorCode: 404, ErrorMessage: wordsOf(WRONG_KIND) }, 404),
};

function read(request: AskedRequest, route: string, settings: FacadeSettings | null): FacadeReading {
  const asked = readOnce(request, settings?.country ?? VENDORS_COUNTRY);
  const found = byName.get(route);
  return {
    route,
    presented: found?.presentedIn?.(asked) ?? presentedIn(asked, request),
    manner: found?.mannerOf?.(asked, request) ?? {},
    ask: found?.read(asked, settings) ?? invalid('path', 'There is no such method'),
  };
}

/** Who asks is read first, then all of it: what is long is not read twice. */
function readOnce(request: AskedRequest, country: string): AnyRequest {
  const known = lately.get(request);
  if (known?.country === country) return known.asked;
  const readAll = request.body.length > MOST_LENIENT_BYTES ? readLongRequest : readAnyRequest;
  const asked = readAll(request, { country });
  if (request.body.length > LONG_BYTES) lately.set(request, { country, asked });
  return asked;
}

/** The vendor knows everybody by a code; newer clients send it as a bearer token. */
function presentedIn({ fields }: AnyRequest, { headers }: AskedRequest): Presented {
  const code = fields.text('code');
  if (code !== null) return { kind: 'code', code };
  const token = BEARER.exec(headers['authorization'] ?? '')?.[1];
  return token === undefined ? { kind: 'none' } : { kind: 'bearer', token };
}
