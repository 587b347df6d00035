/** GlobalEx's request API (seed 004, from "click2call" on), and that of its family: the same paths at other hosts. */
import { readAnyRequest, type AnyRequest } from '../../content/any-request.js';
import type { AskedFields } from '../../content/asked-fields.js';
import type { Facade, FacadeSettings } from '../../facade.js';
import { REPLY_FORMATS, mannerOf, type GlobalexManner, type GlobalexRoute } from './manner.js';
import { readCallback } from './read-callback.js';
import { invalid, readDialup, readExtension, type AskReading } from './read-dialup.js';
import { readReport } from './read-report.js';
import { whoAsks } from './who-asks.js';
import { writeAnswer } from './write-answer.js';

const METHODS = ['GET', 'POST'];
/** Echoed, so that whoever sent several requests can tell the answers apart; not what else may stand there. */
const FIT_TO_ECHO = /^\+?[\w*#.-]{1,40}$/;

const ECHOED: Readonly<Record<GlobalexRoute, readonly string[]>> = {
  dialup: ['dial1', 'dial2', 'exten'],
  channel_status: ['exten'],
  report: [],
  callback: ['CBnum', 'CBQdest'],
};

export const globalexApi: Facade = {
  name: 'globalex',
  routes: [
    { name: 'dialup', paths: ['/api/dialup.php'], methods: METHODS, changes: true },
    { name: 'channel_status', paths: ['/api/chstatus.php'], methods: METHODS, changes: false },
    { name: 'report', paths: ['/api/cdr.php', '/api/reports.php'], methods: METHODS, changes: false },
    { name: 'callback', paths: ['/api/pbxpostout.php'], methods: METHODS, changes: true },
  ],
  read: (request, name, settings) => {
    const route = routeNamed(name);
    const asked = readAnyRequest(request, { country: settings?.country });
    return {
      route,
      presented: whoAsks(asked.fields),
      manner: readManner(asked.fields, route),
      ask: route === name ? readAsk(asked, route, settings) : invalid('path', 'There is no such service.'),
    };
  },
  write: (result, reading, settings) =>
    writeAnswer(result, { route: routeNamed(reading.route), manner: mannerOf(reading) }, settings),
};

function routeNamed(name: string): GlobalexRoute {
  return Object.hasOwn(ECHOED, name) ? (name as GlobalexRoute) : 'dialup';
}

function readAsk(
  { fields, problem }: AnyRequest,
  route: GlobalexRoute,
  settings: FacadeSettings | null,
): AskReading {
  if (problem !== null) return invalid('body', problem);
  switch (route) {
    case 'dialup':
      return readDialup(fields, settings?.country ?? null);
    case 'channel_status':
      return readExtension(fields);
    case 'report':
      return readReport(fields, settings?.epochs ?? 'local');
    case 'callback':
      return readCallback(fields);
  }
}

function readManner(fields: AskedFields, route: GlobalexRoute): GlobalexManner {
  const said = REPLY_FORMATS.find((format) => format === fields.word('rformat'));
  return {
    // What adds a number to a queue answers in JSON, whatever is asked.
    format: said ?? (route === 'callback' ? 'json' : 'text'),
    formatSaid: said !== undefined,
    response: fields.flag('response'),
    showUid: fields.flag('showuid') ?? false,
    echo: ECHOED[route].flatMap((name): [string, string][] => {
      const text = fields.number(name)?.replace(/^ +/, '+') ?? '';
      return FIT_TO_ECHO.test(text) ? [[name, text]] : [];
    }),
  };
}
