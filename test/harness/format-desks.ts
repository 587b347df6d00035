/** A tenant's CRMs, each behind an endpoint of its own that asks for another format. */
import type { TenantId } from '#domain';
import { Crm, type SeenRequest } from './crm.js';
import type { FieldsIn } from './read-by-python.js';
import { makeEndpoint, type TestEndpoint } from './tenant.js';
import type { Sql } from './world.js';
import type { XmlRpcCrm } from './xmlrpc-crm.js';

export type Seen = Pick<SeenRequest, 'method' | 'path' | 'headers' | 'body'>;

interface Wish {
  format: string;
  /** Where the fields of what tells the end of a call are. */
  how: FieldsIn;
  settings: (url: (path: string) => string) => Record<string, unknown>;
  /** Tells the end of a call, of all that the CRM was sent. */
  isEnd: (seen: Seen) => boolean;
}

/** VoipNow's kind of a hangup; a row for each kind, at a path of its own. */
const HANGUP = 2;
const rows = (method: string, url: (path: string) => string) =>
  [0, 1, HANGUP, 3, 4].map((kind) => ({ kind, method, url: url(`/events/${kind}?mine=1`) }));

/** As the vendor's document prints it, with the parameters in the places of its example. */
const GLOBALEX_END =
  '/end_call?caller={caller}&target={target}&time={time}&duration={duration}&ivruniqueid={ivruniqeid}&type={type}' +
  '&status={status}&targetextension={targetextention}&callerextension={callerextention}&did={did}&queueid={queuid}' +
  '&queuename={queuename}&record={record}&dialtime={dialtime}&domain={domain}&domain_name={domain_name}';
const GLOBALEX_INCOMING =
  '/incomingCall?callid={callid}&ext={extention_num}&caller={caller_num}&target={taqrget}';

const TEMPLATE = `{
  "event": "{{ type }}", "call": "{{ data.vendorCallId }}", "from": "{{ data.from.original }}", "to": "{{ data.to.original }}",
  "direction": "{{ data.direction }}", "result": "{{ data.result }}", "talked": {{ data.talkSeconds }}, "agent": {{ data.agent }}
}`;

const at = (path: string) => (seen: Seen) => seen.path.startsWith(path);
const said = (part: string) => (seen: Seen) => seen.body.includes(part);

/** Two of them are told times in UTC, the others as the PBX's own wall clock. */
const UTC = { epochs: 'utc' };

/** Popup notices and IVR calls of the voicenter formats go to `/popup` and `/ivr` of the same CRM. */
const WISHES = {
  'voicenter json': {
    format: 'voicenter',
    how: 'json',
    settings: (url) => ({ encoding: 'json', popupUrl: url('/popup'), ivrUrl: url('/ivr') }),
    isEnd: at('/hook'),
  },
  'voicenter form': {
    format: 'voicenter',
    how: 'form',
    settings: (url) => ({ encoding: 'form', popupUrl: url('/popup'), popupEncoding: 'form', ...UTC }),
    isEnd: at('/hook'),
  },
  'voicenter xmlrpc': {
    format: 'voicenter',
    how: 'xmlrpc',
    settings: (url) => ({
      encoding: 'xmlrpc',
      popupUrl: url('/popup?mine=1'),
      popupEncoding: 'query',
      ivrEncoding: 'xmlrpc',
    }),
    isEnd: said('<methodName>CDR<'),
  },
  'voipnow GET': {
    format: 'voipnow',
    how: 'query',
    settings: (url) => ({ rows: rows('GET', url) }),
    isEnd: at(`/events/${HANGUP}`),
  },
  'voipnow POST': {
    format: 'voipnow',
    how: 'form',
    settings: (url) => ({ rows: rows('POST', url) }),
    isEnd: at(`/events/${HANGUP}`),
  },
  'globalex url': {
    format: 'globalex',
    how: 'query',
    settings: (url) => ({ incomingUrl: url(GLOBALEX_INCOMING), endUrl: url(GLOBALEX_END) }),
    isEnd: at('/end_call'),
  },
  'globalex form': {
    format: 'globalex',
    how: 'form',
    settings: (url) => ({ encoding: 'form', endUrl: url('/end_call'), ...UTC }),
    isEnd: at('/end_call'),
  },
  'globalex json': {
    format: 'globalex',
    how: 'json',
    settings: (url) => ({ encoding: 'json', endUrl: url('/end_call') }),
    isEnd: at('/end_call'),
  },
  'globalex xml': {
    format: 'globalex',
    how: 'xml',
    settings: (url) => ({ encoding: 'xml', endUrl: url('/end_call') }),
    isEnd: at('/end_call'),
  },
  'zammad json': { format: 'zammad', how: 'json', settings: () => ({}), isEnd: said('"event":"hangup"') },
  'zammad form': {
    format: 'zammad',
    how: 'form',
    settings: () => ({ encoding: 'form' }),
    isEnd: said('event=hangup'),
  },
  template: {
    format: 'template',
    how: 'json',
    settings: () => ({ body: TEMPLATE }),
    isEnd: said('"event": "call.ended"'),
  },
} as const satisfies Record<string, Wish>;

export type DeskName = keyof typeof WISHES;

/** @param python  whether it is there to receive XML-RPC */
export function deskNames(python: boolean): DeskName[] {
  return (Object.keys(WISHES) as DeskName[]).filter((name) => python || WISHES[name].how !== 'xmlrpc');
}

/** What the CRMs answer: Voicenter's own words where those are read, nothing else elsewhere. */
const OK = { status: 200, body: '{"err":0,"errdesc":"OK","STATUS":0}' };

export class FormatDesk {
  readonly how: FieldsIn;
  readonly format: string;
  /** How it is told times, where its format tells any. */
  readonly epochs: 'utc' | 'local';

  constructor(
    readonly name: DeskName,
    readonly endpoint: TestEndpoint,
    private readonly crm: Crm,
    private readonly python: XmlRpcCrm | undefined,
  ) {
    ({ how: this.how, format: this.format } = WISHES[name]);
    this.epochs = WISHES[name].how === 'form' ? 'utc' : 'local';
  }

  /** All that came, popup notices and the like included. */
  get requests(): readonly Seen[] {
    const posted = this.python?.requests.filter(({ server }) => server === 'takes') ?? [];
    return [...this.crm.requests, ...posted.map((request) => ({ ...request, method: 'POST' }))];
  }

  /** Requests that tell that a call is over. */
  get ends(): Seen[] {
    const { isEnd }: Wish = WISHES[this.name];
    return this.requests.filter((seen) => isEnd(seen));
  }

  at(path: string): Seen[] {
    return this.requests.filter((seen) => seen.path.startsWith(path));
  }

  close(): Promise<void> {
    return this.crm.stop();
  }
}

/** @param python  receives XML-RPC; without it there is no desk for that */
export async function openFormatDesks(
  sql: Sql,
  tenantId: TenantId,
  python: XmlRpcCrm | undefined,
): Promise<FormatDesk[]> {
  return Promise.all(
    deskNames(python !== undefined).map(async (name) => {
      const crm = await Crm.open({ otherwise: OK });
      const server = WISHES[name].how === 'xmlrpc' ? python : undefined;
      const settings = WISHES[name].settings((path) => crm.url(path));
      const endpoint = await makeEndpoint(sql, tenantId, {
        url: server?.url() ?? crm.url(),
        format: WISHES[name].format,
        formatSettings: server === undefined ? settings : { ...settings, ivrUrl: server.url() },
      });
      return new FormatDesk(name, endpoint, crm, server);
    }),
  );
}
