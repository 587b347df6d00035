/** Voicenter, in and out (seed sections 2, 4, 5 and 12). */
import { sniffFormat } from '../content/sniff-format.js';
import type { Dialect } from '../dialect.js';
import { askIvr } from './ask-ivr.js';
import { guide } from './guide.js';
import { readCdrMessage } from './read-cdr-message.js';
import { readIvrAnswer } from './read-ivr-answer.js';
import { readIvrMessage } from './read-ivr-message.js';
import { replyToCdr } from './reply-to-cdr.js';
import { replyToIvr } from './reply-to-ivr.js';

const ROUTES = new Map<string, Pick<Dialect, 'read' | 'reply'>>([
  ['cdr', { read: readCdrMessage, reply: replyToCdr }],
  // Two addresses in the vendor's settings, either of which may be asked anything.
  ['ivr', { read: readIvrMessage, reply: replyToIvr }],
  ['layer', { read: readIvrMessage, reply: replyToIvr }],
]);

const onRoute = (route: string) => ROUTES.get(route) ?? { read: readCdrMessage, reply: replyToCdr };

export const voicenter: Dialect = {
  name: 'voicenter',
  routes: [...ROUTES.keys()],
  // Its epochs are the account's wall clock encoded as if it were UTC.
  defaultEpochs: 'local',
  defaultTimeZone: 'Asia/Jerusalem',
  defaultCountry: 'IL',
  guide,
  read: (request, settings) => onRoute(request.route).read(request, settings),
  sniff: sniffFormat,
  reply: (verdict, to) => onRoute(to.route).reply(verdict, to),
  ivr: { ask: askIvr, readAnswer: readIvrAnswer },
};
