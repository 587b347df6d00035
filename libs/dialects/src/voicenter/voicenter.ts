/** Voicenter, in and out (seed sections 2, 4, 5 and 12). */
import { sniffFormat } from '../content/sniff-format.js';
import type { Dialect } from '../dialect.js';
import { guide } from './guide.js';
import { readCdrMessage } from './read-cdr-message.js';
import { readPopupMessage } from './read-popup-message.js';
import { replyToCdr } from './reply-to-cdr.js';
import { replyToPopup } from './reply-to-popup.js';

type Route = Pick<Dialect, 'read' | 'reply'>;

const CDR: Route = { read: readCdrMessage, reply: replyToCdr };

/** What is spoken on each route. */
const ROUTES = new Map<string, Route>([
  ['cdr', CDR],
  ['popup', { read: readPopupMessage, reply: replyToPopup }],
]);

/** A URL with any other route is refused before it is read, and told so as the commonest route would. */
function at(route: string): Route {
  return ROUTES.get(route) ?? CDR;
}

export const voicenter: Dialect = {
  name: 'voicenter',
  routes: [...ROUTES.keys()],
  // Its epochs are the account's wall clock encoded as if it were UTC.
  defaultEpochs: 'local',
  defaultTimeZone: 'Asia/Jerusalem',
  defaultCountry: 'IL',
  guide,
  read: (request, settings) => at(request.route).read(request, settings),
  sniff: sniffFormat,
  reply: (verdict, to) => at(to.route).reply(verdict, to),
};
