/** Whole HTTP requests that differ only in the call's id: built once, copied and stamped for each message. */
import { instant } from '#domain';
import {
  customerNumber,
  localClock,
  makeOffice,
  plausibleCall,
  seededRandom,
  writeCdrMessage,
  type CallKind,
  type Cdr,
  type CdrFormat,
} from '../../apps/simulator/index.js';
import { callId, callPlace, type Leg } from './call-numbers.js';

/** Different CDRs of each leg and format; enough that nothing is remembered from one message to the next by accident. */
const VARIANTS = 64;
/** Knuth's multiplicative hash: neighbours in number are strangers in tenant, variant and format. */
const SCATTER = 2_654_435_761;

interface Template {
  bytes: Buffer;
  /** Where the id has to be written. */
  at: readonly number[];
}

export interface CdrRequestOptions {
  /** Ingress URLs; a call goes to one of them with all its legs. */
  urls: readonly string[];
  /** What the ids of this run begin with; see `callId`. */
  prefix: string;
  /** Share of messages in XML-RPC; the others are JSON. */
  xmlShare: number;
  /** Milliseconds since 1970; the calls' time. */
  now: number;
}

export class CdrRequests {
  private readonly bodies: Record<Leg, Record<'json' | 'xmlrpc', Template[]>>;
  private readonly whole = new Map<Template, (Template | undefined)[]>();

  constructor(private readonly options: CdrRequestOptions) {
    const cdrs = plausibleCdrs(options.now);
    const placeholder = callId(options.prefix, 0);
    const templates = (leg: Leg, format: CdrFormat) =>
      cdrs[leg].map((cdr) => bodyTemplate(cdr, format, placeholder));
    const both = (leg: Leg) => ({ json: templates(leg, 'json'), xmlrpc: templates(leg, 'xmlrpc') });
    this.bodies = { only: both('only'), first: both('first'), second: both('second') };
  }

  /** @returns a buffer of its own, so that it may still be on its way to the socket when the next one is asked for */
  request(message: number): Buffer {
    const { call, leg } = callPlace(message);
    const dice = Math.imul(call + 1, SCATTER) >>> 0;
    const format =
      (Math.imul(message + 1, SCATTER) >>> 0) / 2 ** 32 < this.options.xmlShare ? 'xmlrpc' : 'json';
    const body = this.bodies[leg][format][dice % VARIANTS] as Template;
    const { bytes, at } = this.addressed(body, format, (dice >>> 8) % this.options.urls.length);
    const copy = Buffer.from(bytes);
    const id = callId(this.options.prefix, call);
    for (const offset of at) copy.write(id, offset, 'latin1');
    return copy;
  }

  /** Of a call half of which was sent, the product waits for the other half before it tells the end. */
  mayEndBefore(message: number): boolean {
    return callPlace(message).leg !== 'second';
  }

  /** The body with the head of one URL before it; made when first needed. */
  private addressed(body: Template, format: CdrFormat, url: number): Template {
    let known = this.whole.get(body);
    if (!known) this.whole.set(body, (known = []));
    return (known[url] ??= withHead(body, format, new URL(this.options.urls[url] as string)));
  }
}

function withHead({ bytes, at }: Template, format: CdrFormat, url: URL): Template {
  const head = Buffer.from(
    `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n` +
      `content-type: ${format === 'json' ? 'application/json' : 'text/xml'}\r\ncontent-length: ${String(bytes.length)}\r\n\r\n`,
  );
  return { bytes: Buffer.concat([head, bytes]), at: at.map((offset) => offset + head.length) };
}

function bodyTemplate(cdr: Cdr, format: CdrFormat, placeholder: string): Template {
  const text = writeCdrMessage(cdr, format).body.replaceAll(cdr.ivruniqueid, placeholder);
  const bytes = Buffer.from(text);
  const at: number[] = [];
  for (let found = bytes.indexOf(placeholder); found >= 0; found = bytes.indexOf(placeholder, found + 1))
    at.push(found);
  return { bytes, at };
}

function plausibleCdrs(now: number): Record<Leg, Cdr[]> {
  const random = seededRandom(1);
  const office = makeOffice(random, customerNumber);
  const setting = { office, startedAt: instant(now - 60_000), wall: localClock(office.timeZone), random };
  const kinds: CallKind[] = [
    'incoming',
    'queue',
    'outgoing',
    'incoming',
    'queue',
    'outgoing',
    'voicemail',
    'ivrOnly',
  ];
  const several = <T>(make: (variant: number) => T) =>
    Array.from({ length: VARIANTS }, (_, variant) => make(variant));
  const clicks = several(() => plausibleCall(setting, 'click2call').map(({ cdr }) => cdr));
  const leg = (type: string) => clicks.map((cdrs) => cdrs.find((cdr) => cdr.type === type) as Cdr);
  return {
    only: several((variant) => plausibleCall(setting, kinds[variant % kinds.length])[0]?.cdr as Cdr),
    first: leg('Click2Call leg1'),
    second: leg('Click2Call leg2'),
  };
}
