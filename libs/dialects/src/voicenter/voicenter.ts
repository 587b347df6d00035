/** Voicenter, in and out (seed sections 2, 4, 5 and 12). */
import { sniffFormat } from '../content/sniff-format.js';
import type { Dialect } from '../dialect.js';
import { askIvr } from './ask-ivr.js';
import { guide } from './guide.js';
import { readCdrMessage } from './read-cdr-message.js';
import { readIvrAnswer } from './read-ivr-answer.js';
import { readIvrMessage } from './read-ivr-message.js';
import { readPopupMessage } from './read-popup-message.js';
import { replyToCdr } from './reply-to-cdr.js';
import { replyToIvr } from './reply-to-ivr.js';
import { replyToPopup } from './reply-to-popup.js';

type Route = Pick<Dialect, 'read' | 'reply'>;

const CDR: Route = { read: readCdrMessage, reply: replyToCdr };
const IVR: Route = { read: readIvrMessage, reply: replyToIvr };

/** What is spoken on each route. */
const ROUTES = new Map<string, Route>([
  ['cdr', CDR],
  ['popup', { read: readPopupMessage, reply: replyToPopup }],
  // Two addresses in the vendor's settings, either of which may be asked anything.
  ['ivr', IVR],
  ['layer', IVR],
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
  ivr: { ask: askIvr, readAnswer: readIvrAnswer },
};
